/** Ways for tests to load the kinds that a command reads alone, on a machine in memory. */
import type { Problem } from 'phaserunner';
import type { FieldTable } from '../flags/fields.ts';
import { createMemoryHost, type MemoryHostOptions } from '../host/memory/host.ts';
import { loadJoinConfig, loadResetConfig, loadUpgradeConfig } from './load-kinds.ts';
import { machine } from './load.cases.ts';
import type { JoinRequest, KindRequest, LoadedKind, UpgradeRequest } from './request.ts';
import type { JoinConfig, ResetConfig, UpgradeConfig } from './types.ts';

export const file = '/config.yaml';

interface Trial extends Partial<JoinRequest>, Partial<Pick<UpgradeRequest, 'command'>> {
  readonly machine?: MemoryHostOptions;
}

/** The fields of one kind that flags set. */
function table(kind: string, fields: Readonly<Record<string, string>>): FieldTable {
  return { fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, `${kind}.${field}`])) };
}

const joinTable: FieldTable = {
  ...table('JoinConfiguration', {
    'apiserver-advertise-address': 'controlPlane.localAPIEndpoint.advertiseAddress',
    'apiserver-bind-port': 'controlPlane.localAPIEndpoint.bindPort',
    'certificate-key': 'controlPlane.certificateKey',
    'control-plane': 'controlPlane',
    'cri-socket': 'nodeRegistration.criSocket',
    'discovery-file': 'discovery.file.kubeConfigPath',
    'discovery-token': 'discovery.bootstrapToken.token',
    'discovery-token-ca-cert-hash': 'discovery.bootstrapToken.caCertHashes',
    'discovery-token-unsafe-skip-ca-verification': 'discovery.bootstrapToken.unsafeSkipCAVerification',
    'node-name': 'nodeRegistration.name',
    patches: 'patches.directory',
    'tls-bootstrap-token': 'discovery.tlsBootstrapToken',
    token: 'discovery.bootstrapToken.token',
  }),
  besideFile: ['node-name'],
};

const resetTable = table('ResetConfiguration', {
  'cert-dir': 'certificatesDir',
  'cleanup-tmp-dir': 'cleanupTmpDir',
  'cri-socket': 'criSocket',
  force: 'force',
});

const upgradeTable = table('UpgradeConfiguration.apply', {
  'etcd-upgrade': 'etcdUpgrade',
  'certificate-renewal': 'certificateRenewal',
  force: 'forceUpgrade',
  patches: 'patches.directory',
});

function requestOf(trial: Trial, fieldTable: FieldTable): KindRequest {
  const { machine: _machine, ...request } = trial;
  return { flags: {}, detectCriSocket: false, fieldTable, ...request };
}

function hostOf({ machine: own }: Trial, text?: string) {
  return createMemoryHost({ ...machine, ...own, files: { ...own?.files, ...(text === undefined ? {} : { [file]: text }) } });
}

/** Without a text, from flags only. */
export async function loadJoin(text: string | undefined, trial: Trial = {}): Promise<LoadedKind<JoinConfig>> {
  return loadJoinConfig(hostOf(trial, text), { ...pathOf(text), ...requestOf(trial, joinTable) });
}

export async function loadReset(text: string | undefined, trial: Trial = {}): Promise<LoadedKind<ResetConfig>> {
  return loadResetConfig(hostOf(trial, text), { ...pathOf(text), ...requestOf(trial, resetTable) });
}

export async function loadUpgrade(text: string | undefined, trial: Trial = {}): Promise<LoadedKind<UpgradeConfig>> {
  const { command = 'apply' } = trial;
  return loadUpgradeConfig(hostOf(trial, text), { ...pathOf(text), ...requestOf(trial, upgradeTable), command });
}

function pathOf(text: string | undefined) {
  return text === undefined ? {} : { configPath: file };
}

/** A document of v1beta4. */
export function documentText(kind: string, fields: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ${kind}\n${fields}\n`;
}

interface Result {
  readonly ok: boolean;
  readonly problems?: readonly Problem[];
}

/** Code and field of every problem, or `ok`. */
export function verdict(loaded: Result): readonly string[] {
  return loaded.problems === undefined
    ? ['ok']
    : loaded.problems.map(({ code, where }) => `${code} ${where?.field ?? where?.object ?? ''}`.trim());
}

/** The successful half of a load that has to succeed. */
export function succeeded<T extends Result>(loaded: T): Extract<T, { readonly ok: true }> {
  if (!loaded.ok) throw new Error(loaded.problems?.map(({ summary }) => summary).join('\n'));
  return loaded as Extract<T, { readonly ok: true }>;
}
