/** Loads the configurations of `join`, `reset` and the commands of `upgrade` from a file or from flags. Import it late. */
import type { FlagValues } from 'phaserunner';
import { fieldsOfFlags, type FlagFields } from '../flags/fields.ts';
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';
import { joinFamily, resetFamily, upgradeFamily } from './families.ts';
import type { Findings } from './findings.ts';
import type { ChoiceFields } from './flags-beside-file.ts';
import { loadKind, plainFlags } from './load-family.ts';
import type { JoinRequest, KindRequest, LoadedKind, UpgradeRequest } from './request.ts';
import type { JoinConfig, ResetConfig, UpgradeConfig } from './types.ts';

const joinKind = joinFamily.kind;

const joinChoices: ChoiceFields = {
  'dry-run': `${joinKind}.dryRun`,
  'skip-phases': `${joinKind}.skipPhases`,
  'ignore-preflight-errors': `${joinKind}.nodeRegistration.ignorePreflightErrors`,
};

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadJoinConfig(host: Host, request: JoinRequest): Promise<LoadedKind<JoinConfig>> {
  return loadKind(joinFamily, {
    host,
    request,
    readFlags: (_request, findings) => ({ fields: joinFields(request, findings), choices: joinChoices }),
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** Two flags need more than their table says: `--token` stands for two tokens, `--control-plane` for a mapping. */
function joinFields(request: JoinRequest, findings: Findings): FlagFields {
  const { token, 'control-plane': asControlPlane, ...others } = request.flags;
  const { documents, flags } = fieldsOfFlags(request.fieldTable, others);
  const given = documents[joinKind] ?? {};
  if (request.configPath !== undefined && request.configPath !== '') return { documents: { [joinKind]: given }, flags };
  const { discovery, controlPlane, ...rest } = given;
  if (asControlPlane !== true && controlPlane !== undefined) reportUnused(request.flags, findings);
  const fields = {
    ...rest,
    discovery: discoveryOf((discovery ?? {}) as Fields, token, request),
    ...(asControlPlane === true ? { controlPlane: controlPlane ?? {} } : {}),
  };
  return { documents: { [joinKind]: fields }, flags: new Map([...flags, ...derived(request)]) };
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
  const at = `${joinKind}.discovery`;
  const isGiven = (name: string) => flags[name] !== undefined;
  return [
    ...(endpoint === undefined ? [] : [[`${at}.bootstrapToken.apiServerEndpoint`, 'api-server-endpoint'] as [string, string]]),
    ...(isGiven('token') && !isGiven('discovery-token') ? [[`${at}.bootstrapToken.token`, '--token'] as [string, string]] : []),
    ...(flags['control-plane'] === true ? [[`${joinKind}.controlPlane`, '--control-plane'] as [string, string]] : []),
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

const resetFlags = plainFlags({
  'dry-run': 'ResetConfiguration.dryRun',
  'skip-phases': 'ResetConfiguration.skipPhases',
  'ignore-preflight-errors': 'ResetConfiguration.ignorePreflightErrors',
});

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadResetConfig(host: Host, request: KindRequest): Promise<LoadedKind<ResetConfig>> {
  return loadKind(resetFamily, { host, request, readFlags: resetFlags });
}

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadUpgradeConfig(host: Host, request: UpgradeRequest): Promise<LoadedKind<UpgradeConfig>> {
  return loadKind(upgradeFamily, { host, request, readFlags: plainFlags(choicesOf(request.command)) });
}

/** Not every command has every field. */
function choicesOf(command: UpgradeRequest['command']): ChoiceFields {
  const at = `UpgradeConfiguration.${command}`;
  if (command === 'diff') return {};
  const common = { 'dry-run': `${at}.dryRun`, 'ignore-preflight-errors': `${at}.ignorePreflightErrors` };
  return command === 'plan' ? common : { ...common, 'skip-phases': `${at}.skipPhases` };
}
