import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryHost } from '../../host/memory/host.ts';
import { loadConfig } from '../whole-file.ts';
import { migrateConfig, type Migrated } from './migrate.ts';

const host = createMemoryHost({
  hostName: 'CP1',
  files: { '/x': '' },
  routes: [{ family: 4, interface: 'eth0' }],
  interfaces: [{ name: 'eth0', up: true, loopback: false, pointToPoint: false, addresses: ['192.0.2.10'] }],
});

function textOf(migrated: Migrated): string {
  if (!migrated.ok) throw new Error(migrated.problems.map(({ summary }) => summary).join('\n'));
  return migrated.text;
}

const codes = (migrated: Migrated) => (migrated.ok ? ['ok'] : migrated.problems.map(({ code }) => code));

const old = (kind: string, fields: string) => `apiVersion: kubeadm.k8s.io/v1beta3\nkind: ${kind}\n${fields}\n`;
const current = (kind: string, fields: string) => old(kind, fields).replace('v1beta3', 'v1beta4');

describe('converting only what is there', () => {
  test('a file that is new already stays letter for letter', async () => {
    const text = `# head
---
apiVersion:  kubeadm.k8s.io/v1beta4   # odd   blanks
kind: UpgradeConfiguration
apply: {  forceUpgrade: yes }
---   # between
# only a comment
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
clusterDNS:
    -   10.0.0.10
---
{"apiVersion": "kubeadm.k8s.io/v1beta4", "kind": "ResetConfiguration"}`;
    expect(textOf(await migrateConfig({ text }))).toBe(text);
  });

  test('an empty file stays empty', async () => {
    expect(textOf(await migrateConfig({ text: '' }))).toBe('');
  });

  test('comments, quotes, order and the form of values survive in a document that changes', async () => {
    const text = `# licence

# header
apiVersion: kubeadm.k8s.io/v1beta3 # version
kind: ClusterConfiguration
kubernetesVersion: "v1.36.1" # ver

# about the API server
apiServer:
  # args
  extraArgs:
    # verbose
    v: "5" # five

    # second
    audit: 'x'
  certSANs: [ B.io, a.io ]
etcd: {local: {dataDir: /data, extraArgs: {z: "1", b: "2"}}}
featureGates: {PublicKeysECDSA: yes}
controllerManager:
scheduler: ~
# trailing
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
maxPods:   100   # untouched
`;
    expect(textOf(await migrateConfig({ text }))).toBe(`# licence

# header
apiVersion: kubeadm.k8s.io/v1beta4 # version
kind: ClusterConfiguration
kubernetesVersion: "v1.36.1" # ver

# about the API server
apiServer:
  # args
  extraArgs:
  # second
  - name: audit
    value: 'x'
  # verbose
  - name: v
    value: "5" # five
  certSANs: [B.io, a.io]
etcd: {local: {dataDir: /data, extraArgs: [{name: b, value: "2"}, {name: z, value: "1"}]}}
featureGates: {PublicKeysECDSA: yes}
controllerManager:
scheduler: ~

# trailing
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
maxPods:   100   # untouched
`);
  });

  test('the wait for the control plane goes to InitConfiguration with its comments, which is made when there is none', async () => {
    const cluster = old('ClusterConfiguration', 'apiServer:\n  # why\n  timeoutForControlPlane: 7m # long');
    const made = textOf(await migrateConfig({ text: cluster }));
    expect(made).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
apiServer: {}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
timeouts:
  # why
  controlPlaneComponentHealthCheck: 7m # long
`);
    const beside = textOf(
      await migrateConfig({
        text: `${cluster}---\n${current('InitConfiguration', 'timeouts:\n  controlPlaneComponentHealthCheck: 9m\n  discovery: 1m')}`,
      }),
    );
    expect(beside).toContain('timeouts:\n  # why\n  controlPlaneComponentHealthCheck: 7m # long\n  discovery: 1m\n');
  });

  test.each(['4m', '4m0s', '0s', 'null'])('a wait of %s is the default and goes away', async (wait) => {
    const migrated = await migrateConfig({ text: old('ClusterConfiguration', `apiServer: {timeoutForControlPlane: ${wait}}`) });
    expect(textOf(migrated)).toBe(current('ClusterConfiguration', 'apiServer: {}'));
  });

  test('a joining node keeps its wait for cluster-info, and that for the control plane of the same file', async () => {
    const join = old(
      'JoinConfiguration',
      'discovery:\n  # patient\n  timeout: 3m # three\n  file: {kubeConfigPath: /x}\nnodeRegistration:\n  criSocket: /run/x.sock # plain',
    );
    const migrated = await migrateConfig({
      text: `${join}---\n${old('ClusterConfiguration', 'apiServer: {timeoutForControlPlane: 7m}')}`,
    });
    expect(textOf(migrated).split('---\n')[0]).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery:
  file: {kubeConfigPath: /x}
nodeRegistration:
  criSocket: unix:///run/x.sock # plain
timeouts:
  # patient
  discovery: 3m # three
  controlPlaneComponentHealthCheck: 7m
`);
    expect(migrated.warnings.map(({ code }) => code)).toEqual(['CONFIG_VALUE_ADJUSTED']);
  });

  test('aliases and merge keys are written out where a document changes', async () => {
    const text = old(
      'ClusterConfiguration',
      'apiServer: &c\n  extraArgs: &e {v: "5"}\nscheduler: *c\ncontrollerManager:\n  extraArgs:\n    <<: *e\n    on: x\n    1: z\n    n: ~',
    );
    expect(textOf(await migrateConfig({ text }))).toBe(
      current(
        'ClusterConfiguration',
        `apiServer:
  extraArgs: [{name: v, value: "5"}]
scheduler:
  extraArgs: [{name: v, value: "5"}]
controllerManager:
  extraArgs:
  - name: "1"
    value: z
  - name: "false"
    value: ""
  - name: "true"
    value: x
  - name: v
    value: "5"`,
      ),
    );
  });

  test('labels, the ci/ prefix and unset values are not touched, and nothing is asked of the machine', async () => {
    const text = current('ClusterConfiguration', 'kubernetesVersion: ci/latest-1.36\ncontrolPlaneEndpoint: cp.example');
    const migrated = await migrateConfig({ text: text.replace('v1beta4', 'v1beta3') });
    expect(migrated).toEqual({ ok: true, text, warnings: [] });
  });

  test('line ends become plain and a byte-order mark goes', async () => {
    const text = current('ResetConfiguration', 'force: true');
    expect(textOf(await migrateConfig({ text: `\uFEFF${text.replaceAll('\n', '\r\n')}` }))).toBe(text);
  });
});

describe('writing every default', () => {
  test('the sample of the specification becomes what kubeadm writes', async () => {
    const text = `${old(
      'InitConfiguration',
      'nodeRegistration: {name: node-a, criSocket: /var/run/containerd/containerd.sock, taints: [], kubeletExtraArgs: {v: "5", node-ip: 1.2.3.4}}\nlocalAPIEndpoint: {advertiseAddress: 10.100.0.1, bindPort: 6444}\nbootstrapTokens: [{token: abcdef.0123456789abcdef}]',
    )}---\n${old(
      'ClusterConfiguration',
      'kubernetesVersion: v1.36.1\ncontrolPlaneEndpoint: cp.example.com\napiServer: {timeoutForControlPlane: 7m, certSANs: [UPPER.io], extraArgs: {authorization-mode: "Node,RBAC", audit: "1"}}\netcd: {local: {dataDir: /data, extraArgs: {z: "1", b: "2"}}}',
    )}`;
    const migrated = await migrateConfig({ text, withDefaults: true, host });
    expect(textOf(migrated)).toBe(`apiVersion: kubeadm.k8s.io/v1beta4
bootstrapTokens:
- groups:
  - system:bootstrappers:kubeadm:default-node-token
  token: abcdef.0123456789abcdef
  ttl: 24h0m0s
  usages:
  - signing
  - authentication
kind: InitConfiguration
localAPIEndpoint:
  advertiseAddress: 10.100.0.1
  bindPort: 6444
nodeRegistration:
  criSocket: unix:///var/run/containerd/containerd.sock
  imagePullPolicy: IfNotPresent
  imagePullSerial: true
  kubeletExtraArgs:
  - name: node-ip
    value: 1.2.3.4
  - name: v
    value: "5"
  name: node-a
  taints: []
timeouts:
  controlPlaneComponentHealthCheck: 7m0s
  discovery: 5m0s
  etcdAPICall: 2m0s
  kubeletHealthCheck: 4m0s
  kubernetesAPICall: 1m0s
  tlsBootstrap: 5m0s
  upgradeManifests: 5m0s
---
apiServer:
  certSANs:
  - upper.io
  extraArgs:
  - name: audit
    value: "1"
  - name: authorization-mode
    value: Node,RBAC
apiVersion: kubeadm.k8s.io/v1beta4
caCertificateValidityPeriod: 87600h0m0s
certificateValidityPeriod: 8760h0m0s
certificatesDir: /etc/kubernetes/pki
clusterName: kubernetes
controlPlaneEndpoint: cp.example.com:6444
controllerManager: {}
dns: {}
encryptionAlgorithm: RSA-2048
etcd:
  local:
    dataDir: /data
    extraArgs:
    - name: b
      value: "2"
    - name: z
      value: "1"
imageRepository: registry.k8s.io
kind: ClusterConfiguration
kubernetesVersion: v1.36.1
networking:
  dnsDomain: cluster.local
  serviceSubnet: 10.96.0.0/12
proxy: {}
scheduler: {}
`);
    expect(migrated.warnings.map(({ code }) => code)).toEqual(['CONFIG_VALUE_ADJUSTED']);
  });

  test('values of the machine are filled in, in the order of the kinds; component configurations follow as they were', async () => {
    const component = 'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmaxPods:   100\n';
    const text = [
      current('UpgradeConfiguration', ''),
      component,
      current('ResetConfiguration', ''),
      current('JoinConfiguration', 'discovery: {tlsBootstrapToken: abcdef.0123456789abcdef, file: {kubeConfigPath: "https://a/b"}}'),
      current('ClusterConfiguration', 'kubernetesVersion: ci/v1.36.2'),
    ].join('---\n');
    const documents = textOf(await migrateConfig({ text, withDefaults: true, host })).split('---\n');
    expect(documents.map((document) => /^kind: (.*)$/m.exec(document)?.[1])).toEqual([
      'InitConfiguration',
      'ClusterConfiguration',
      'JoinConfiguration',
      'ResetConfiguration',
      'UpgradeConfiguration',
      'KubeletConfiguration',
    ]);
    expect(documents[0]).toContain('name: cp1\n');
    expect(documents[0]).toContain('advertiseAddress: 192.0.2.10\n');
    expect(documents[1]).toContain('kubernetesVersion: ci/v1.36.2\n');
    expect(documents[2]).toContain('taints: null\n');
    expect(documents[3]).toContain('certificatesDir: /etc/kubernetes/pki\ncriSocket: unix:///var/run/containerd/containerd.sock\n');
    expect(documents[5]).toBe(component);
  });

  test('several container runtimes are a problem only when one has to be found', async () => {
    const busy = createMemoryHost({ sockets: ['/var/run/crio/crio.sock', '/var/run/containerd/containerd.sock'] });
    const text = current('ResetConfiguration', '');
    expect(codes(await migrateConfig({ text, host: busy, withDefaults: true, detectCriSocket: true }))).toEqual(['CRI_SOCKET_AMBIGUOUS']);
    expect(codes(await migrateConfig({ text, host: busy, withDefaults: true }))).toEqual(['ok']);
    expect(codes(await migrateConfig({ text, host: busy, detectCriSocket: true }))).toEqual(['ok']);
  });
});

test.each([
  ['an unknown field', current('ResetConfiguration', 'forse: true'), 'CONFIG_UNKNOWN_FIELD'],
  ['a repeated key', current('ResetConfiguration', 'force: true\nforce: true'), 'CONFIG_DUPLICATE_KEY'],
  ['an unknown kind', current('OtherConfiguration', ''), 'CONFIG_UNKNOWN_KIND'],
  ['a kind that came later', old('ResetConfiguration', ''), 'CONFIG_UNKNOWN_KIND'],
  ['a removed version', current('ClusterConfiguration', '').replace('v1beta4', 'v1beta2'), 'CONFIG_API_VERSION_REMOVED'],
  ['a list where v1beta3 has a mapping', old('ClusterConfiguration', 'scheduler: {extraArgs: [{name: a, value: b}]}'), 'CONFIG_WRONG_TYPE'],
  ['a value that is not allowed', old('ClusterConfiguration', 'networking: {podSubnet: x}'), 'CONFIG_INVALID_VALUE'],
  ['text that is not YAML', 'a: [', 'CONFIG_SYNTAX'],
])('%s is refused with its place', async (_what, text, code) => {
  const migrated = await migrateConfig({ text, name: 'old.yaml' });
  expect(migrated).toMatchObject({ ok: false, problems: [{ code, where: { file: 'old.yaml', line: expect.any(Number) } }] });
});

test('a file of a machine is read; a missing one is a problem', async () => {
  expect(codes(await migrateConfig({ path: '/nowhere', host }))).toEqual(['CONFIG_UNREADABLE']);
});

const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,7}[a-z0-9])?$/);
const value = fc.oneof(word, fc.constantFrom('', 'true', '1', '0755', '12:30', 'on', 'a: b', '# x', 'multi\nline', 'ünï', '~', '<<'));
const args = fc.dictionary(fc.oneof(word, fc.constantFrom('on', 'y', 'null', '1', 'a b', '0x1')), value, { maxKeys: 4 });
const duration = fc.constantFrom('0s', '4m', '7m', '90s', '1h30m');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const component = fc.record({ extraArgs: optional(args) });
const node = fc.record({
  name: optional(word),
  criSocket: optional(fc.constantFrom('/run/x.sock', 'unix:///run/x.sock', '')),
  taints: optional(fc.constantFrom([], [{ key: 'a', effect: 'NoSchedule' }])),
  kubeletExtraArgs: optional(args),
});
const cluster = fc.record({
  kubernetesVersion: fc.constant('v1.36.2'),
  apiServer: optional(
    fc.record({ extraArgs: optional(args), timeoutForControlPlane: optional(duration), certSANs: optional(fc.constant(['A.io'])) }),
  ),
  controllerManager: optional(component),
  scheduler: optional(component),
  etcd: optional(fc.record({ local: fc.record({ dataDir: optional(fc.constant('/d')), extraArgs: optional(args) }) })),
});
const init = fc.record({
  bootstrapTokens: fc.constant([{ token: 'abcdef.0123456789abcdef' }]),
  nodeRegistration: optional(node),
  skipPhases: optional(fc.array(word, { maxLength: 2 })),
});
const join = fc.record({
  discovery: fc.record({ file: fc.constant({ kubeConfigPath: '/x' }), timeout: optional(duration) }),
  nodeRegistration: optional(node),
  controlPlane: optional(fc.constantFrom({}, { localAPIEndpoint: { bindPort: 7 } })),
});

test('a v1beta3 file and its conversion mean the same, and converting again changes nothing', async () => {
  const { printYaml } = await import('../../formats/yaml/print.ts');
  const file = fc.record({ ClusterConfiguration: optional(cluster), InitConfiguration: optional(init), JoinConfiguration: optional(join) });
  const style = fc.constantFrom<(data: unknown) => string>(printYaml, (data) => `${JSON.stringify(data)}\n`);
  await fc.assert(
    fc.asyncProperty(file, style, async (documents, print) => {
      const text = Object.entries(documents)
        .filter(([, fields]) => fields !== undefined)
        .map(([kind, fields]) => print({ apiVersion: 'kubeadm.k8s.io/v1beta3', kind, ...fields }))
        .join('---\n');
      const migrated = textOf(await migrateConfig({ text }));
      expect(migrated).not.toContain('v1beta3');
      const before = succeededWhole(await loadConfig({ text, strict: true, host }));
      const after = succeededWhole(await loadConfig({ text: migrated, strict: true, host }));
      // Tokens are given wherever an InitConfiguration is; otherwise a random one is made up.
      expect(withoutRandom(after)).toEqual(withoutRandom(before));
      expect(textOf(await migrateConfig({ text: migrated }))).toBe(migrated);
    }),
    { numRuns: 200 },
  );
});

type Whole = Awaited<ReturnType<typeof loadConfig>>;

function succeededWhole(loaded: Whole) {
  if (!loaded.ok) throw new Error(loaded.problems.map(({ summary }) => summary).join('\n'));
  return loaded.config;
}

function withoutRandom(config: ReturnType<typeof succeededWhole>) {
  const { init: whole, ...rest } = config;
  if (whole === undefined) return rest;
  return { ...rest, init: { ...whole, bootstrapTokens: whole.bootstrapTokens.filter(({ generated }) => generated !== true) } };
}
