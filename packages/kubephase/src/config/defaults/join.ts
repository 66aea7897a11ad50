/** Completes what was given for `join`. What cannot be completed is reported and gets a stand-in, so that rules see the rest. */
import { isProblemError } from 'phaserunner';
import { urlScheme } from '../../formats/net/host.ts';
import { newestRelease } from '../../releases/index.ts';
import type { GivenJoin } from '../schema/v1beta4.ts';
import type { Discovery, JoinConfig, JoinControlPlane, TokenDiscovery } from '../types.ts';
import { completeAdvertiseAddress, completeNodeRegistration } from './node.ts';
import { completeTimeouts, defaults, textOr } from './values.ts';
import type { Tools } from './machine.ts';

const kind = 'JoinConfiguration';

export async function completeJoin(given: GivenJoin, detectCriSocket: boolean, tools: Tools): Promise<JoinConfig> {
  const controlPlane = await completeControlPlane(given.controlPlane, tools);
  const patchesDirectory = textOr(given.patches?.directory, '');
  return {
    dryRun: given.dryRun ?? false,
    nodeRegistration: await completeNodeRegistration(given.nodeRegistration ?? {}, {
      field: [kind, 'nodeRegistration'],
      taintKeys: controlPlane === undefined ? [] : newestRelease().traits.controlPlaneTaints,
      detectCriSocket,
      tools,
    }),
    caCertPath: textOr(given.caCertPath, defaults.caCertPath),
    discovery: await completeDiscovery(given.discovery, tools),
    ...(controlPlane === undefined ? {} : { controlPlane }),
    skipPhases: given.skipPhases ?? [],
    ...(patchesDirectory === '' ? {} : { patchesDirectory }),
    timeouts: completeTimeouts(given.timeouts),
  };
}

async function completeControlPlane(given: GivenJoin['controlPlane'], tools: Tools): Promise<JoinControlPlane | undefined> {
  if (given === null || given === undefined) return undefined;
  const { advertiseAddress, bindPort } = given.localAPIEndpoint ?? {};
  const field = [kind, 'controlPlane', 'localAPIEndpoint', 'advertiseAddress'];
  const certificateKey = textOr(given.certificateKey, '');
  return {
    localAPIEndpoint: {
      advertiseAddress: await completeAdvertiseAddress({ given: advertiseAddress, field }, tools),
      // Zero counts as absent, as in Go.
      bindPort: bindPort || defaults.bindPort,
    },
    ...(certificateKey === '' ? {} : { certificateKey }),
  };
}

/** That there is exactly one kind of discovery is a rule of its own. */
async function completeDiscovery(given: GivenJoin['discovery'], tools: Tools): Promise<Discovery> {
  const { bootstrapToken, file, tlsBootstrapToken } = given ?? {};
  const tlsToken = textOr(tlsBootstrapToken, '');
  if (bootstrapToken !== null && bootstrapToken !== undefined) {
    const completed = completeTokenDiscovery(bootstrapToken);
    return { bootstrapToken: completed, tlsBootstrapToken: textOr(tlsToken, completed.token) };
  }
  const kubeConfigPath = withoutFileScheme(file?.kubeConfigPath ?? '');
  if (file !== null && file !== undefined) await reportMissing(kubeConfigPath, tools);
  return { file: { kubeConfigPath }, ...(tlsToken === '' ? {} : { tlsBootstrapToken: tlsToken }) };
}

type GivenDiscovery = NonNullable<GivenJoin['discovery']>;

function completeTokenDiscovery(given: NonNullable<GivenDiscovery['bootstrapToken']>): TokenDiscovery {
  return {
    token: given.token ?? '',
    apiServerEndpoint: given.apiServerEndpoint ?? '',
    caCertHashes: given.caCertHashes ?? [],
    unsafeSkipCAVerification: given.unsafeSkipCAVerification ?? false,
  };
}

/** `file:///a%20b` → `/a b`; anything else stays. */
function withoutFileScheme(text: string): string {
  const url = urlScheme(text);
  if (!('scheme' in url) || url.scheme !== 'file') return text;
  const path = text
    .slice('file:'.length)
    .replace(/^\/\/[^/?#]*/, '')
    .replace(/[?#].*$/, '');
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'));
}

/** A path has to exist; a folder passes here and is refused when it is read. */
async function reportMissing(path: string, { host, reporter }: Tools): Promise<void> {
  const url = urlScheme(path);
  if (!('scheme' in url) || url.scheme !== '') return;
  const fault = path === '' ? 'no file is named' : await accessFault(path, host);
  if (fault === undefined) return;
  reporter.invalid(['JoinConfiguration', 'discovery', 'file', 'kubeConfigPath'], {
    value: path,
    detail: `not an HTTPS URL or a file on disk: ${fault}`,
    remedy: 'Give the path of a kubeconfig that exists, or its URL with https.',
  });
}

async function accessFault(path: string, host: Tools['host']): Promise<string | undefined> {
  try {
    return (await host.files.status(path)) === undefined ? 'the file does not exist' : undefined;
  } catch (error) {
    if (!isProblemError(error)) throw error;
    return error.message;
  }
}
