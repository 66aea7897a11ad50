/** Command lines that end before anything runs, one for each code that can be the reason. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProblemCode } from '../../src/problems/catalogue.ts';
import type { EngineCode } from 'phaserunner';
import type { Surroundings } from '../fixtures/command-line.ts';
import { readyMachine } from '../fixtures/machine-files.ts';

export type Code = ProblemCode | EngineCode;

export interface Row extends Surroundings {
  readonly code: Code;
  /** Words behind the program's name, without `-o`. */
  readonly words: readonly string[];
}

const file = '/c.yaml';
const validate = ['config', 'validate', '--config', file];
const preflight = ['preflight', 'run', '--kubernetes-version', 'v1.36.2'];
const certs = ['init', 'phase', 'certs'];

const kubeadm = (kind: string, fields = '', version = 'v1beta4') => `apiVersion: kubeadm.k8s.io/${version}\nkind: ${kind}\n${fields}`;
const cluster = (fields = '') => kubeadm('ClusterConfiguration', `kubernetesVersion: v1.36.2\n${fields}`);
const withFile = (text: string): Surroundings => ({ machine: { ...readyMachine, files: { ...readyMachine.files, [file]: text } } });

/** `config validate` of a file with this text. */
const invalid = (code: Code, text: string): Row => ({ code, words: validate, ...withFile(text) });
/** `init` with these words behind it. */
const init = (code: Code, ...words: readonly string[]): Row => ({ code, words: ['init', ...words], machine: readyMachine });

/** `init --dry-run` that is to leave its files in `directory`. */
const dryRunIn = (code: Code, directory: string): Row => ({
  code,
  words: ['init', '--dry-run', '--kubernetes-version', 'v1.36.2'],
  machine: { ...readyMachine, environment: { KUBEADM_INIT_DRYRUN_DIR: directory } },
});

const folder = mkdtempSync(join(tmpdir(), 'early-failures-'));

function settings(name: string, text: string): Surroundings {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { environment: { KUBEPHASE_SETTINGS: path } };
}

export const rows: readonly Row[] = [
  { code: 'COMMAND_UNKNOWN', words: ['initt'] },
  { code: 'SUBCOMMAND_REQUIRED', words: ['init', 'phase'] },
  init('FLAG_UNKNOWN', '--bogus'),
  init('FLAG_VALUE_INVALID', '--v=abc'),
  { code: 'FLAG_CONFLICT', words: ['init', '--config', file, '--kubernetes-version', 'v1.36.2'], ...withFile(cluster()) },
  { code: 'ARGUMENT_UNEXPECTED', words: ['version', 'twice'] },
  { code: 'ARGUMENT_MISSING', words: ['preflight', 'explain'] },
  init('STDIN_UNUSABLE', '--config', '-'),
  { code: 'SETTINGS_UNREADABLE', words: ['init'], environment: { KUBEPHASE_SETTINGS: '/none' } },
  { code: 'SETTINGS_INVALID', words: certs, ...settings('settings.yaml', 'kind: Other\n') },
  { code: 'EXTRA_PHASES_INVALID', words: ['init', '--extra-phases', '/none.mjs'] },
  init('PHASE_UNKNOWN', '--only', 'nothing'),
  init('PHASE_AMBIGUOUS', '--only', 'kubelet'),
  init('SELECTION_CONFLICT', '--from', 'addon', '--until', 'certs'),
  init('SELECTION_EMPTY', 'phase', '--from', 'addon', '--only', 'certs'),
  init('CONFIG_UNREADABLE', '--config', '/none.yaml'),
  invalid('CONFIG_SYNTAX', 'a: [\n'),
  invalid('CONFIG_TOO_LARGE', `a: ${'['.repeat(2000)}${']'.repeat(2000)}\n`),
  invalid('CONFIG_MISSING_KIND', 'a: b\n'),
  { code: 'CONFIG_KIND_ABSENT', words: ['init', '--config', file], ...withFile(kubeadm('ResetConfiguration')) },
  invalid('CONFIG_KIND_TWICE', `${cluster()}---\n${cluster()}`),
  invalid('CONFIG_UNKNOWN_KIND', kubeadm('ClusterConfig')),
  invalid('CONFIG_API_VERSION_REMOVED', kubeadm('InitConfiguration', '', 'v1beta2')),
  invalid('CONFIG_COMPONENT_VERSION', 'apiVersion: kubelet.config.k8s.io/v1\nkind: KubeletConfiguration\n'),
  invalid('CONFIG_UNKNOWN_FIELD', cluster('podSubnet: x\n')),
  invalid('CONFIG_DUPLICATE_KEY', cluster('clusterName: a\nclusterName: b\n')),
  invalid('CONFIG_WRONG_TYPE', cluster('networking: 5\n')),
  invalid('CONFIG_INVALID_VALUE', cluster('networking: {serviceSubnet: 10.96.0.0/33}\n')),
  init('VERSION_INVALID', '--kubernetes-version', 'v9'),
  init('VERSION_UNSUPPORTED', '--kubernetes-version', 'v1.99.0'),
  {
    code: 'CRI_SOCKET_AMBIGUOUS',
    words: ['init'],
    machine: { ...readyMachine, sockets: ['/var/run/crio/crio.sock', '/var/run/containerd/containerd.sock'] },
  },
  {
    code: 'ADVERTISE_ADDRESS_UNKNOWN',
    words: ['init'],
    machine: { ...readyMachine, routes: [{ family: 4, interface: 'eth9' }], interfaces: [] },
  },
  { code: 'PREFLIGHT_FAILED', words: preflight, machine: { ...readyMachine, uid: 1000 } },
  {
    code: 'PREFLIGHT_FAILED',
    words: ['init', 'phase', 'preflight'],
    machine: { ...readyMachine, files: { ...readyMachine.files, '/var/lib/etcd/member': '' } },
  },
  { code: 'PREFLIGHT_CHECK_UNKNOWN', words: [...preflight, '--ignore-preflight-errors', 'NumCPUs'], machine: readyMachine },
  init('PHASE_NEEDS_MISSING', '--skip-phases', 'certs', '--kubernetes-version', 'v1.36.2'),
  init('PATCHES_MISSING', '--patches', '/none', '--kubernetes-version', 'v1.36.2'),
  dryRunIn('PATH_NOT_ABSOLUTE', 'relative'),
  dryRunIn('DRY_RUN_DIRECTORY_IN_USE', '/etc/kubernetes'),
];

const warns = 'only a warning';
const inPhase = 'found by a phase, which the run tells of';
const forPeople = 'the value of -o asks for no data';
const onMachine = 'found on a real machine only; test/system has it';

/** Codes of wrong input that end nothing before a run, and why. */
export const elsewhere: Partial<Record<Code, string>> = {
  COMMAND_FAILED: 'a fault of the program',
  OUTPUT_FORMAT_UNKNOWN: forPeople,
  OUTPUT_TEMPLATE_MISSING: forPeople,
  OUTPUT_TEMPLATE_UNREADABLE: forPeople,
  OUTPUT_TEMPLATE_INVALID: forPeople,
  OUTPUT_TEMPLATE_FAILED: forPeople,
  ROOTFS_INVALID: onMachine,
  CONFIG_DOCUMENT_IGNORED: warns,
  CONFIG_API_VERSION_DEPRECATED: warns,
  CONFIG_COMPONENT_OVERRIDE: warns,
  CONFIG_QUESTIONABLE_VALUE: warns,
  CONFIG_VALUE_ADJUSTED: warns,
  CONFIG_FEATURE_GATE: warns,
  CONFIG_FLAG_UNUSED: warns,
  CONFIG_MORE_FINDINGS: 'stands behind a thousand others',
  VERSION_LABEL_UNRESOLVED: warns,
  UPLOAD_CERTS_EXTERNAL_CA: inPhase,
  DNS_ADDRESS_UNAVAILABLE: inPhase,
  CERT_NAMES_INVALID: inPhase,
  ENDPOINT_INVALID: inPhase,
  PATCH_UNREADABLE: inPhase,
  PATCH_NOT_APPLICABLE: inPhase,
  PATCH_CHANGES_KIND: inPhase,
  PATCH_RESULT_INVALID: inPhase,
};
