/** Completes what was given for `init`. What cannot be completed is reported and gets a stand-in, so that rules see the rest. */
import { generateToken } from '../../formats/bootstrap-token.ts';
import type { Host } from '../../host/port.ts';
import { withGates } from '../../releases/gates.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import { checkComponents, completeKubelet, completeKubeProxy } from '../components.ts';
import type { ConfigDocument } from '../documents.ts';
import type { LoadOptions } from '../request.ts';
import type { GivenCluster, GivenInit, GivenToken } from '../schema/v1beta4.ts';
import type { BootstrapToken, InitConfig } from '../types.ts';
import { completeCluster } from './cluster.ts';
import { completeAdvertiseAddress, completeNodeRegistration } from './node.ts';
import { completeTimeouts, defaults, durationOr, textOr } from './values.ts';
import type { Tools } from './machine.ts';
import { resolveTarget } from './version.ts';

const addressField = ['InitConfiguration', 'localAPIEndpoint', 'advertiseAddress'];

/** The documents of the init family, in the form of v1beta4 and without defaults. */
export interface InitDocuments {
  readonly init: GivenInit;
  readonly cluster: GivenCluster;
  readonly kubelet: ConfigDocument | undefined;
  readonly kubeProxy: ConfigDocument | undefined;
}

interface CompletedInit {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
}

export async function completeInit(input: InitDocuments, options: LoadOptions, tools: Tools): Promise<CompletedInit> {
  const { init } = input;
  const { reporter } = tools;
  const target = await resolveTarget(input.cluster.kubernetesVersion, {
    allowUnknown: options.allowUnknownVersion === true,
    labels: options.labels,
    reporter,
  });
  const release = withGates(target.release, input.cluster.featureGates ?? {});
  const { minor, traits } = release;
  await checkComponents([input.kubelet, input.kubeProxy], { minor, reporter });
  // Zero counts as absent, as in Go.
  const bindPort = init.localAPIEndpoint?.bindPort || defaults.bindPort;
  const cluster = completeCluster(input.cluster, { target, bindPort, reporter });
  const advertiseAddress = await completeAdvertiseAddress({ given: init.localAPIEndpoint?.advertiseAddress, field: addressField }, tools);
  const nodeRegistration = await completeNodeRegistration(init.nodeRegistration ?? {}, {
    field: ['InitConfiguration', 'nodeRegistration'],
    taintKeys: traits.controlPlaneTaints,
    detectCriSocket: options.detectCriSocket && options.usesRuntime?.(init.skipPhases ?? []) !== false,
    tools,
  });
  const config = {
    ...completeChoices(init),
    bootstrapTokens: completeTokens(init.bootstrapTokens, tools),
    nodeRegistration,
    localAPIEndpoint: { advertiseAddress, bindPort },
    timeouts: completeTimeouts(init.timeouts),
    cluster,
    kubelet: completeKubelet(input.kubelet, { cluster, traits, reporter }),
    kubeProxy: completeKubeProxy(input.kubeProxy, { cluster, advertiseAddress, traits, reporter }),
  };
  return { config, release };
}

type Choices = Pick<InitConfig, 'dryRun' | 'certificateKey' | 'skipPhases' | 'patchesDirectory'>;

function completeChoices(init: GivenInit): Choices {
  const certificateKey = textOr(init.certificateKey, '');
  const patchesDirectory = textOr(init.patches?.directory, '');
  return {
    dryRun: init.dryRun ?? false,
    skipPhases: init.skipPhases ?? [],
    ...(certificateKey === '' ? {} : { certificateKey }),
    ...(patchesDirectory === '' ? {} : { patchesDirectory }),
  };
}

/** An empty list counts as absent: one token with defaults. */
function completeTokens(given: readonly GivenToken[] | null | undefined, { host, reporter }: Tools): readonly BootstrapToken[] {
  const tokens = given === null || given === undefined || given.length === 0 ? [{}] : given;
  for (const [index, { expires }] of tokens.entries()) {
    if (!(Date.parse(textOr(expires, '')) <= host.now())) continue;
    reporter.warn('CONFIG_QUESTIONABLE_VALUE', ['InitConfiguration', 'bootstrapTokens', index, 'expires'], {
      summary: `bootstrapTokens.${index}.expires: ${expires} is over: the cluster removes the token at once`,
      remedy: 'Give a later time, or a ttl.',
    });
  }
  return tokens.map((token) => completeToken(token, host));
}

/**
 * A lifetime is not added to a token that has an absolute expiry, nor groups to one that cannot authenticate. kubeadm
 * does both and then refuses its own defaults.
 */
function completeToken(given: GivenToken, host: Pick<Host, 'randomBytes'>): BootstrapToken {
  const usages = given.usages?.length ? given.usages : defaults.tokenUsages;
  const token = textOr(given.token, '');
  const description = textOr(given.description, '');
  return {
    ...(token === '' ? { token: generateToken((length) => host.randomBytes(length)), generated: true } : { token }),
    ...(description === '' ? {} : { description }),
    ...completeLifetime(given),
    usages,
    groups: given.groups ?? (usages.includes('authentication') ? defaults.tokenGroups : []),
  };
}

function completeLifetime({ ttl, expires }: GivenToken): Pick<BootstrapToken, 'ttlMs' | 'expires'> {
  const expiry = textOr(expires, '');
  if (expiry === '') return { ttlMs: durationOr(ttl, defaults.tokenTtlMs) };
  return { ...(textOr(ttl, '') === '' ? {} : { ttlMs: durationOr(ttl, defaults.tokenTtlMs) }), expires: utc(expiry) };
}

/** RFC 3339 in UTC with whole seconds, as Kubernetes writes times. */
function utc(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? time : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
