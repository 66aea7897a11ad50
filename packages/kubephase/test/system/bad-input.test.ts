/** What users get wrong: each gets a code, a place and a remedy, the documented exit code, and nothing is written. */
import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { createSandbox, type Sandbox } from './sandbox.ts';

const [program] = programs;
const isRoot = process.getuid?.() === 0;

const initDocument = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 192.0.2.10
nodeRegistration:
  name: cp1
  criSocket: unix:///var/run/containerd/containerd.sock
---
`;
const cluster = (fields: string): string =>
  `${initDocument}apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ECDSA-P256
${fields}`;

interface Row {
  readonly name: string;
  readonly config?: string;
  /** Files that are there before, or work on the result of a good run. */
  readonly prepare?: (sandbox: Sandbox) => void;
  readonly args?: readonly string[];
  readonly exitCode: number;
  readonly codes: readonly string[];
  /** Has to stand in the error: place, seen value. */
  readonly says: readonly (string | RegExp)[];
  readonly uid?: number;
}

const good = cluster('');
const certs = ['init', 'phase', 'certs'];

/** A complete PKI, made by the program itself. */
function makePki(sandbox: Sandbox): void {
  sandbox.write('config.yaml', good);
  const { exitCode, stderr } = sandbox.run([...certs, '--rootfs', sandbox.root, '--config', '/config.yaml']);
  if (exitCode !== 0) throw new Error(stderr);
}

function removeFile(sandbox: Sandbox, path: string): void {
  execFileSync('rm', [`${sandbox.root}${path}`]);
}

const rows: readonly Row[] = [
  {
    name: 'a file that does not exist',
    args: [...certs, '--config', '/none.yaml'],
    exitCode: 3,
    codes: ['CONFIG_UNREADABLE'],
    says: ['/none.yaml'],
  },
  { name: 'a file that is not YAML', config: 'kind: [\n', exitCode: 3, codes: ['CONFIG_SYNTAX'], says: [/\/config\.yaml:\d+:\d+/] },
  {
    name: 'an unknown kind',
    config: 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfigurations\n',
    exitCode: 3,
    codes: ['CONFIG_'],
    says: ['InitConfigurations', '/config.yaml:'],
  },
  {
    name: 'a document without apiVersion',
    config: 'kind: InitConfiguration\n',
    exitCode: 3,
    codes: ['CONFIG_'],
    says: ['apiVersion', '/config.yaml:1'],
  },
  {
    name: 'a wrong type',
    config: cluster('clusterName: 7\n'),
    exitCode: 3,
    codes: ['CONFIG_WRONG_TYPE'],
    says: ['/config.yaml:13:', 'clusterName'],
  },
  {
    name: 'a bad CIDR',
    config: cluster('networking:\n  podSubnet: 10.244.0.0/33\n'),
    exitCode: 3,
    codes: ['CONFIG_INVALID_VALUE'],
    says: ['/config.yaml:14:', 'networking.podSubnet'],
  },
  {
    name: 'two CIDRs of the same family',
    config: cluster('networking:\n  serviceSubnet: 10.96.0.0/16,10.97.0.0/16\n'),
    exitCode: 3,
    codes: ['CONFIG_INVALID_VALUE'],
    says: ['/config.yaml:14:', 'networking.serviceSubnet'],
  },
  {
    name: 'an address that is none',
    config: good.replace('192.0.2.10', '192.0.2'),
    exitCode: 3,
    codes: ['CONFIG_INVALID_VALUE'],
    says: ['/config.yaml:4:', 'localAPIEndpoint.advertiseAddress'],
  },
  {
    name: 'a version that nobody knows',
    config: good.replace('v1.36.2', 'v1.99.0'),
    exitCode: 3,
    codes: ['VERSION_UNSUPPORTED'],
    says: ['/config.yaml:11:', 'v1.99.0'],
  },
  {
    name: 'a version that is none',
    config: good.replace('v1.36.2', 'newest'),
    exitCode: 3,
    codes: ['VERSION_INVALID'],
    says: ['/config.yaml:11:', 'newest'],
  },
  {
    name: 'several faults at once',
    config: cluster('clusterName: 7\nnetworking:\n  podSubnet: x\n'),
    exitCode: 3,
    codes: ['CONFIG_WRONG_TYPE'],
    says: ['clusterName'],
  },
  {
    name: 'an unknown phase',
    args: ['init', '--skip-phases', 'addons/proxy,cert'],
    exitCode: 2,
    codes: ['PHASE_UNKNOWN'],
    says: ['invalid phase name: addons/proxy', 'addon/kube-proxy', 'invalid phase name: cert'],
  },
  {
    name: 'an ambiguous phase',
    args: ['init', 'phase', '--only', 'apiserver'],
    exitCode: 2,
    codes: ['PHASE_AMBIGUOUS'],
    says: ['certs/apiserver', 'control-plane/apiserver'],
  },
  {
    name: 'an unknown sub-command',
    args: ['init', 'phase', 'certs', 'apisrver'],
    exitCode: 2,
    codes: ['COMMAND_UNKNOWN'],
    says: ['apisrver', 'apiserver'],
  },
  {
    name: 'a flag that contradicts the file',
    config: good,
    args: ['init', '--config', '/config.yaml', '--pod-network-cidr', '10.0.0.0/16'],
    exitCode: 2,
    codes: ['FLAG_CONFLICT'],
    says: ["can not mix '--config' with arguments [pod-network-cidr]"],
  },
  {
    name: 'an unknown flag',
    args: ['init', '--confg', 'x'],
    exitCode: 2,
    codes: ['FLAG_UNKNOWN'],
    says: ['unknown flag: --confg', '--config'],
  },
  {
    name: 'a flag without its value',
    args: ['init', '--config'],
    exitCode: 2,
    codes: ['FLAG_VALUE_INVALID'],
    says: ['flag needs an argument'],
  },
  {
    name: 'a port that is none',
    args: ['init', 'phase', 'kubeconfig', '--apiserver-bind-port', 'x'],
    exitCode: 2,
    codes: ['FLAG_VALUE_INVALID'],
    says: ['invalid argument "x" for "--apiserver-bind-port" flag'],
  },
  {
    name: 'a root folder that does not exist',
    args: ['init', '--rootfs', '/none/at/all'],
    exitCode: 2,
    codes: ['ROOTFS_INVALID'],
    says: ['/none/at/all'],
  },
  {
    name: 'a certificate without its key',
    prepare: (sandbox) => {
      makePki(sandbox);
      removeFile(sandbox, '/etc/kubernetes/pki/apiserver.key');
    },
    exitCode: 5,
    codes: ['PKI_INCOMPLETE_PAIR'],
    says: ['/etc/kubernetes/pki/apiserver.key', 'certs/apiserver'],
  },
  {
    name: 'a key without its certificate',
    prepare: (sandbox) => {
      makePki(sandbox);
      removeFile(sandbox, '/etc/kubernetes/pki/front-proxy-ca.crt');
    },
    exitCode: 5,
    codes: ['PKI_INCOMPLETE_PAIR'],
    says: ['/etc/kubernetes/pki/front-proxy-ca.crt'],
  },
  {
    name: 'a CA that has expired',
    config: cluster('caCertificateValidityPeriod: -1m\ncertificateValidityPeriod: 1h\n'),
    prepare: (sandbox) => {
      sandbox.write('config.yaml', cluster('caCertificateValidityPeriod: -1m\ncertificateValidityPeriod: 1h\n'));
      sandbox.run([...certs, 'ca', '--rootfs', sandbox.root, '--config', '/config.yaml']);
    },
    exitCode: 5,
    codes: ['CERT_EXPIRED'],
    says: ['/etc/kubernetes/pki/ca.crt'],
  },
  {
    name: 'a CA that did not sign the leaf',
    prepare: (sandbox) => {
      makePki(sandbox);
      removeFile(sandbox, '/etc/kubernetes/pki/ca.crt');
      removeFile(sandbox, '/etc/kubernetes/pki/ca.key');
      sandbox.run([...certs, 'ca', '--rootfs', sandbox.root, '--config', '/config.yaml']);
    },
    exitCode: 5,
    codes: ['CERT_NOT_SIGNED_BY_CA'],
    says: ['/etc/kubernetes/pki/apiserver.crt'],
  },
  {
    name: 'a key that others can read',
    prepare: (sandbox) => {
      makePki(sandbox);
      execFileSync('chmod', ['644', `${sandbox.root}/etc/kubernetes/pki/ca.key`]);
    },
    exitCode: 5,
    codes: ['PKI_KEY_EXPOSED'],
    says: ['/etc/kubernetes/pki/ca.key', 'chmod'],
  },
  {
    name: 'a target that may not be written',
    config: good,
    prepare: (sandbox) => execFileSync('chmod', ['755', sandbox.root]),
    exitCode: 5,
    codes: ['FILE_UNWRITABLE'],
    says: ['cannot write below /'],
    uid: 65534,
  },
  {
    name: 'a settings file with an unknown field',
    prepare: (sandbox) => sandbox.write('settings.yaml', 'apiVersion: kubephase.dev/v1alpha1\nkind: Settings\nphases: []\n'),
    exitCode: 2,
    codes: ['SETTINGS_INVALID'],
    says: [/settings\.yaml:3:1/, 'phases'],
  },
  {
    name: 'extra phases without work',
    config: good,
    prepare: (sandbox) =>
      sandbox.write('extra.mjs', "export const extraPhases = [{ after: 'certs', phase: { name: 'mine', run: 'no' } }];\n"),
    args: ['init', '--extra-phases', '{root}/extra.mjs'],
    exitCode: 2,
    codes: ['EXTRA_PHASES_INVALID'],
    says: ['extra.mjs', 'extraPhases[0].phase.run'],
  },
];

describe('bad input', () => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = createSandbox(program?.command ?? []);
  });
  afterEach(() => sandbox.remove());

  it.for(rows)('$name', (row, context) => {
    if (program?.missing !== undefined) context.skip(program.missing);
    if (row.uid !== undefined && !isRoot) context.skip('running as another user needs root');
    sandbox.write('config.yaml', row.config ?? good);
    row.prepare?.(sandbox);
    const before = sandbox.snapshot();
    const withRoot = row.args?.includes('--rootfs') === true ? [] : ['--rootfs', sandbox.root];
    const args = (row.args ?? [...certs, '--config', '/config.yaml']).map((word) => word.replace('{root}', sandbox.root));
    const { exitCode, stderr, stdout } = sandbox.run([...withRoot, ...args], {
      ...(row.uid === undefined ? {} : { uid: row.uid }),
      environment: before.has('/settings.yaml') ? { KUBEPHASE_SETTINGS: `${sandbox.root}/settings.yaml` } : {},
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: row.exitCode, stdout: '' });
    for (const code of row.codes) expect(stderr).toContain(`code: ${code}`);
    for (const text of row.says) expect(stderr).toMatch(text);
    expect(stderr).toContain('remedy: ');
    expect(stderr).not.toContain('PRIVATE KEY');
    expect(sandbox.snapshot()).toEqual(before);
  });
});
