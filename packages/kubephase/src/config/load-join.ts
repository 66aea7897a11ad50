/** Loads the configuration of `join` from a file or from flags. Import it late. */
import type { FlagValues } from 'phaserunner';
import { fieldsOfFlags, type FlagFields } from '../flags/fields.ts';
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';
import type { ChoiceFields } from './choices.ts';
import { joinFamily } from './families/join.ts';
import { loadKind } from './families/load.ts';
import type { Findings } from './findings.ts';
import type { JoinRequest, LoadedKind } from './request.ts';
import type { JoinConfig } from './types.ts';

const kind = joinFamily.kind;

const choices: ChoiceFields = {
  'dry-run': `${kind}.dryRun`,
  'skip-phases': `${kind}.skipPhases`,
  'ignore-preflight-errors': `${kind}.nodeRegistration.ignorePreflightErrors`,
};

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadJoinConfig(host: Host, request: JoinRequest): Promise<LoadedKind<JoinConfig>> {
  return loadKind(joinFamily, { host, request, readFlags: (_request, findings) => ({ fields: joinFields(request, findings), choices }) });
}

type Fields = Readonly<Record<string, unknown>>;

/** Two flags need more than their table says: `--token` stands for two tokens, `--control-plane` for a mapping. */
function joinFields(request: JoinRequest, findings: Findings): FlagFields {
  const { token, 'control-plane': asControlPlane, ...others } = request.flags;
  const { documents, flags } = fieldsOfFlags(request.flagTable, others);
  const given = documents[kind] ?? {};
  if (request.configPath !== undefined && request.configPath !== '') return { documents: { [kind]: given }, flags };
  const { discovery, controlPlane, ...rest } = given;
  if (asControlPlane !== true && controlPlane !== undefined) reportUnused(request.flags, findings);
  const fields = {
    ...rest,
    discovery: discoveryOf((discovery ?? {}) as Fields, token, request),
    ...(asControlPlane === true ? { controlPlane: controlPlane ?? {} } : {}),
  };
  return { documents: { [kind]: fields }, flags: new Map([...flags, ...derived(request)]) };
}

/** Without an endpoint there is nobody to ask with a token; a kubeconfig in place of discovery replaces both kinds. */
function discoveryOf({ bootstrapToken, file, ...rest }: Fields, token: unknown, { endpoint, discoveryFile }: JoinRequest): Fields {
  const bothTokens = typeof token === 'string' ? { token } : {};
  const chosenFile = discoveryFile === undefined ? file : { kubeConfigPath: discoveryFile };
  const byToken = endpoint !== undefined && discoveryFile === undefined;
  return {
    ...(typeof token === 'string' ? { tlsBootstrapToken: token } : {}),
    ...rest,
    ...(chosenFile === undefined ? {} : { file: chosenFile }),
    ...(byToken ? { bootstrapToken: { ...bothTokens, ...(bootstrapToken as Fields | undefined), apiServerEndpoint: endpoint } } : {}),
  };
}

/** Where values come from that no row of the table explains. More exact flags of the table come first. */
function derived({ flags, endpoint }: JoinRequest): readonly [string, string][] {
  const at = `${kind}.discovery`;
  const isGiven = (name: string) => flags[name] !== undefined;
  return [
    ...(endpoint === undefined ? [] : [[`${at}.bootstrapToken.apiServerEndpoint`, 'api-server-endpoint'] as [string, string]]),
    ...(isGiven('token') && !isGiven('discovery-token') ? [[`${at}.bootstrapToken.token`, '--token'] as [string, string]] : []),
    ...(flags['control-plane'] === true ? [[`${kind}.controlPlane`, '--control-plane'] as [string, string]] : []),
    ...(isGiven('token') && !isGiven('tls-bootstrap-token') ? [[`${at}.tlsBootstrapToken`, '--token'] as [string, string]] : []),
  ];
}

const controlPlaneFlags = ['apiserver-advertise-address', 'apiserver-bind-port', 'certificate-key'];

function reportUnused(flags: FlagValues, findings: Findings): void {
  for (const name of controlPlaneFlags.filter((candidate) => flags[candidate] !== undefined)) {
    const found = problem('CONFIG_FLAG_UNUSED', {
      summary: `--${name} has no effect without --control-plane`,
      remedy: 'Add --control-plane to make this node a control plane node, or leave the flag out.',
      where: { object: `--${name}` },
    });
    findings.add('warning', found);
  }
}
