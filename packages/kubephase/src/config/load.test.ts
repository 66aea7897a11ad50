import { expect, test } from 'vitest';
import { createMemoryHost } from '../host/memory/host.ts';
import { clusterText, initText, loadFlags, loadText, succeeded, verdict } from './load.cases.ts';
import { loadInitConfig } from './load.ts';

const version = { 'kubernetes-version': 'v1.36.2' };

test('without file and flags everything has its default', async () => {
  const { config, release, warnings } = succeeded(await loadFlags({}));
  expect(config).toMatchObject({
    dryRun: false,
    nodeRegistration: {
      name: 'cp1',
      criSocket: 'unix:///var/run/containerd/containerd.sock',
      taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
      imagePullPolicy: 'IfNotPresent',
      imagePullSerial: true,
    },
    localAPIEndpoint: { advertiseAddress: '192.0.2.10', bindPort: 6443 },
    skipPhases: [],
    timeouts: { controlPlaneComponentHealthCheckMs: 240_000, kubernetesAPICallMs: 60_000, etcdAPICallMs: 120_000, discoveryMs: 300_000 },
    cluster: {
      networking: { serviceSubnet: '10.96.0.0/12', podSubnet: '', dnsDomain: 'cluster.local' },
      etcd: { local: { dataDir: '/var/lib/etcd' } },
      imageRepository: 'registry.k8s.io',
      certificatesDir: '/etc/kubernetes/pki',
      clusterName: 'kubernetes',
      controlPlaneEndpoint: '',
      encryptionAlgorithm: 'RSA-2048',
      certificateValidityPeriodMs: 8760 * 3_600_000,
      caCertificateValidityPeriodMs: 87_600 * 3_600_000,
    },
  });
  expect(config.bootstrapTokens).toMatchObject([
    { ttlMs: 86_400_000, usages: ['signing', 'authentication'], groups: ['system:bootstrappers:kubeadm:default-node-token'] },
  ]);
  expect(config.bootstrapTokens[0]?.token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
  expect(config.bootstrapTokens[0]?.description).toContain('kubephase init');
  expect(config.cluster.kubernetesVersion).toBe(release.version);
  expect(warnings.map(({ code }) => code)).toEqual(['VERSION_LABEL_UNRESOLVED']);
});

test('each flag sets its field', async () => {
  const flags = {
    'apiserver-advertise-address': '1.2.3.4',
    'apiserver-bind-port': 6444,
    'apiserver-cert-extra-sans': ['A.example', '5.6.7.8'],
    'apiserver-extra-args': { v: '4' },
    'cert-dir': '/pki',
    'certificate-key': 'ab'.repeat(32),
    'control-plane-endpoint': 'lb.example',
    'controller-manager-extra-args': { x: 'y' },
    'cri-socket': 'unix:///x.sock',
    'feature-gates': { RootlessControlPlane: 'T' },
    'ignore-preflight-errors': ['Swap', 'NumCPU', 'swap'],
    'image-repository': 'reg.example/k8s',
    'kubernetes-version': '1.35.1',
    'node-name': ' CP1.Example ',
    patches: '/patches',
    'pod-network-cidr': '10.244.0.0/16',
    'scheduler-extra-args': { z: '1' },
    'service-cidr': '10.97.0.0/16',
    'service-dns-domain': 'corp.internal',
    token: 'abcdef.0123456789abcdef',
    'token-ttl': '0',
    'skip-phases': ['addon'],
    'dry-run': true,
  };
  const { config, release, warnings } = succeeded(await loadFlags(flags));
  expect(warnings).toEqual([]);
  expect(release.minor).toBe('1.35');
  expect(config).toMatchObject({
    dryRun: true,
    skipPhases: ['addon'],
    patchesDirectory: '/patches',
    certificateKey: 'ab'.repeat(32),
    bootstrapTokens: [{ token: 'abcdef.0123456789abcdef', ttlMs: 0 }],
    localAPIEndpoint: { advertiseAddress: '1.2.3.4', bindPort: 6444 },
    nodeRegistration: { name: 'cp1.example', criSocket: 'unix:///x.sock', ignorePreflightErrors: ['numcpu', 'swap'] },
    cluster: {
      kubernetesVersion: 'v1.35.1',
      controlPlaneEndpoint: 'lb.example:6444',
      certificatesDir: '/pki',
      imageRepository: 'reg.example/k8s',
      featureGates: { RootlessControlPlane: true },
      networking: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.97.0.0/16', dnsDomain: 'corp.internal' },
      apiServer: { certSANs: ['a.example', '5.6.7.8'], extraArgs: [{ name: 'v', value: '4' }] },
      controllerManager: { extraArgs: [{ name: 'x', value: 'y' }] },
      scheduler: { extraArgs: [{ name: 'z', value: '1' }] },
    },
  });
});

test.each([
  [{ 'pod-network-cidr': 'x' }, 'CONFIG_INVALID_VALUE', '--pod-network-cidr'],
  [{ 'apiserver-advertise-address': 'x' }, 'CONFIG_INVALID_VALUE', '--apiserver-advertise-address'],
  [{ token: 'abcdef.0123456789ABCDEF' }, 'CONFIG_INVALID_VALUE', '--token'],
  [{ 'feature-gates': { Foo: 'true' } }, 'CONFIG_INVALID_VALUE', '--feature-gates'],
  [{ 'feature-gates': { RootlessControlPlane: 'maybe' } }, 'CONFIG_WRONG_TYPE', '--feature-gates'],
  [{ 'apiserver-cert-extra-sans': ['ok', '*'] }, 'CONFIG_INVALID_VALUE', '--apiserver-cert-extra-sans'],
  [{ 'kubernetes-version': 'v1' }, 'VERSION_INVALID', '--kubernetes-version'],
  [{ 'apiserver-bind-port': 70_000 }, 'CONFIG_INVALID_VALUE', '--apiserver-bind-port'],
  [{ 'node-name': 'a_b' }, 'CONFIG_INVALID_VALUE', '--node-name'],
])('the wrong flag value %j is the problem %s at %s', async (flags, code, object) => {
  const loaded = await loadFlags({ ...version, ...flags });
  expect(loaded).toMatchObject({ ok: false, problems: [{ code, where: { object }, remedy: expect.any(String) }] });
});

test('flags that set fields cannot stand beside a file, not even beside an empty one; the file is not read', async () => {
  const flags = { config: '', 'service-cidr': 'x', 'feature-gates': {}, 'node-name': 'x', 'skip-token-print': true, patches: '/x' };
  for (const configPath of ['/nowhere', '']) {
    const loaded = await loadFlags(flags, { configPath });
    expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'FLAG_CONFLICT' }] });
    expect(JSON.stringify(loaded)).toContain("can not mix '--config' with arguments [feature-gates patches service-cidr]");
  }
});

test('an empty path is no file', async () => {
  expect(succeeded(await loadFlags({ config: '' }, { configPath: '' })).config.nodeRegistration.name).toBe('cp1');
});

test('beside a file: the node name of the flag wins and is lower-cased, ignored checks are joined', async () => {
  const text = initText('nodeRegistration: {name: of-file, ignorePreflightErrors: [Swap]}');
  const { config } = succeeded(
    await loadText(text, { flags: { config: 'x', 'node-name': 'OF-Flag', 'ignore-preflight-errors': ['NumCPU'] } }),
  );
  expect(config.nodeRegistration).toMatchObject({ name: 'of-flag', ignorePreflightErrors: ['numcpu', 'swap'] });
});

test.each([
  ['dryRun: true', {}, true],
  ['dryRun: true', { 'dry-run': false }, false],
  ['dryRun: false', { 'dry-run': true }, true],
  ['', {}, false],
])('%s with the flags %j: dry-run is %s', async (fields, flags, expected) => {
  expect(succeeded(await loadText(initText(fields), { flags })).config.dryRun).toBe(expected);
});

test.each([
  [{}, ['addon/coredns'], { file: '/config.yaml', line: 8, column: 1, field: 'skipPhases' }],
  [{ 'skip-phases': [] }, ['addon/coredns'], { file: '/config.yaml', line: 8, column: 1, field: 'skipPhases' }],
  [{ 'skip-phases': ['certs'] }, ['certs'], { object: '--skip-phases', field: 'skipPhases' }],
])('the list of skipped phases comes from the flag when it is not empty: %j', async (flags, skipPhases, place) => {
  const loaded = succeeded(await loadText(initText('skipPhases: [addon/coredns]'), { flags }));
  expect(loaded.config.skipPhases).toEqual(skipPhases);
  expect(loaded.origin('InitConfiguration.skipPhases')).toEqual(place);
  expect(loaded.origin('InitConfiguration.patches')).toBeUndefined();
});

test('an explicit empty list of taints stays empty, and null means the default', async () => {
  expect(succeeded(await loadText(initText('nodeRegistration: {taints: []}'))).config.nodeRegistration.taints).toEqual([]);
  expect(succeeded(await loadText(initText('nodeRegistration: {taints: null}'))).config.nodeRegistration.taints).toHaveLength(1);
});

test('taints and registry follow the target minor', async () => {
  const { config } = succeeded(await loadText(clusterText('kubernetesVersion: v1.24.0')));
  expect(config.nodeRegistration.taints.map(({ key }) => key)).toEqual([
    'node-role.kubernetes.io/master',
    'node-role.kubernetes.io/control-plane',
  ]);
  expect(config.cluster.imageRepository).toBe('k8s.gcr.io');
});

test('a field reference of an environment variable gets its version', async () => {
  const fields = 'scheduler: {extraEnvs: [{name: A, valueFrom: {fieldRef: {fieldPath: x}}}, {name: B, value: ""}]}';
  expect(succeeded(await loadText(clusterText(fields))).config.cluster.scheduler.extraEnvs).toEqual([
    { name: 'A', valueFrom: { fieldRef: { fieldPath: 'x', apiVersion: 'v1' } } },
    { name: 'B' },
  ]);
});

test.each([
  ['featureGates: {PublicKeysECDSA: true}', 'ECDSA-P256'],
  ['featureGates: {PublicKeysECDSA: false}\nencryptionAlgorithm: ECDSA-P384', 'RSA-2048'],
  ['encryptionAlgorithm: ECDSA-P384', 'ECDSA-P384'],
])('%s: keys are %s', async (fields, algorithm) => {
  expect(succeeded(await loadText(clusterText(fields))).config.cluster.encryptionAlgorithm).toBe(algorithm);
});

test('a file that is missing, a directory or too large is named with its path', async () => {
  const host = createMemoryHost({ files: { '/dir/x': 'x', '/big': 'x'.repeat(1_100_000) } });
  for (const [configPath, code] of [
    ['/nowhere', 'CONFIG_UNREADABLE'],
    ['/dir', 'CONFIG_UNREADABLE'],
    ['/big', 'CONFIG_TOO_LARGE'],
  ] as const) {
    const loaded = await loadInitConfig(host, { configPath, flags: {}, detectCriSocket: false });
    expect(loaded).toMatchObject({ ok: false, problems: [{ code, where: { file: configPath }, remedy: expect.any(String) }] });
  }
});

test('loading writes nothing', async () => {
  const host = createMemoryHost({ files: { '/config.yaml': clusterText('') } });
  const before = host.snapshot();
  await loadInitConfig(host, { configPath: '/config.yaml', flags: {}, detectCriSocket: true });
  expect(host.snapshot()).toEqual(before);
});

test('problems of one document do not hide those of the next', async () => {
  const text =
    'apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\ndryRun: 1\n---\napiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nclusterName: 1\n';
  const loaded = await loadText(text);
  expect(verdict(loaded)).toEqual(['CONFIG_WRONG_TYPE dryRun', 'CONFIG_WRONG_TYPE clusterName']);
  expect(loaded).toMatchObject({ problems: [{ where: { line: 3 } }, { where: { line: 7 } }] });
});
