import { expect, test } from 'vitest';
import { createMemoryHost } from '../host/memory/host.ts';
import { documentText, file, loadJoin, loadReset, loadUpgrade, succeeded, verdict } from './kinds.cases.ts';
import { loadJoinConfig } from './load-kinds.ts';

const timeouts = {
  controlPlaneComponentHealthCheckMs: 240_000,
  kubeletHealthCheckMs: 240_000,
  kubernetesAPICallMs: 60_000,
  etcdAPICallMs: 120_000,
  tlsBootstrapMs: 300_000,
  discoveryMs: 300_000,
  upgradeManifestsMs: 300_000,
};
const token = 'abcdef.0123456789abcdef';
const otherToken = '772ef5.6b6baab1d4a0a171';
const flags = { token, 'discovery-token-unsafe-skip-ca-verification': true };
const join = (fields: string) =>
  documentText(
    'JoinConfiguration',
    `discovery: {bootstrapToken: {token: ${token}, apiServerEndpoint: "a:1", unsafeSkipCAVerification: true}}\n${fields}`,
  );

test('a worker that joins by flags has every default', async () => {
  const { config, warnings } = succeeded(await loadJoin(undefined, { flags, endpoint: 'api.example:6443' }));
  expect(config).toEqual({
    dryRun: false,
    nodeRegistration: {
      name: 'cp1',
      criSocket: 'unix:///var/run/containerd/containerd.sock',
      taints: [],
      kubeletExtraArgs: [],
      ignorePreflightErrors: [],
      imagePullPolicy: 'IfNotPresent',
      imagePullSerial: true,
    },
    caCertPath: '/etc/kubernetes/pki/ca.crt',
    discovery: {
      bootstrapToken: { token, apiServerEndpoint: 'api.example:6443', caCertHashes: [], unsafeSkipCAVerification: true },
      tlsBootstrapToken: token,
    },
    skipPhases: [],
    timeouts,
  });
  expect(warnings).toEqual([]);
});

test('a control plane node gets the taint, the address of the default route and the port', async () => {
  const given = { ...flags, 'control-plane': true, 'certificate-key': 'ab'.repeat(32), 'node-name': 'CP2' };
  const { config } = succeeded(await loadJoin(undefined, { flags: given, endpoint: 'a:1' }));
  expect(config).toMatchObject({
    nodeRegistration: { name: 'cp2', taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
    controlPlane: { localAPIEndpoint: { advertiseAddress: '192.0.2.10', bindPort: 6443 }, certificateKey: 'ab'.repeat(32) },
  });
});

test('without --control-plane the flags for it warn and have no effect', async () => {
  const given = { ...flags, 'apiserver-bind-port': 7000, 'certificate-key': 'xx' };
  const { config, warnings } = succeeded(await loadJoin(undefined, { flags: given, endpoint: 'a:1' }));
  expect(config.controlPlane).toBeUndefined();
  expect(warnings.map(({ code, where }) => `${code} ${where?.object}`)).toEqual([
    'CONFIG_FLAG_UNUSED --apiserver-bind-port',
    'CONFIG_FLAG_UNUSED --certificate-key',
  ]);
});

test.each([
  [{ token }, token, token],
  [{ token, 'discovery-token': otherToken }, otherToken, token],
  [{ token, 'tls-bootstrap-token': otherToken }, token, otherToken],
  [{ 'discovery-token': otherToken }, otherToken, otherToken],
])('of %j, discovery gets %s and the TLS bootstrap %s', async (tokens, discovery, bootstrap) => {
  const loaded = await loadJoin(undefined, {
    flags: { ...tokens, 'discovery-token-ca-cert-hash': ['sha256:00'] },
    endpoint: 'a:1',
  });
  expect(succeeded(loaded).config.discovery).toMatchObject({ bootstrapToken: { token: discovery }, tlsBootstrapToken: bootstrap });
});

test('discovery by a file takes the place of the token', async () => {
  const machine = { files: { '/d.conf': '' } };
  const { config } = succeeded(await loadJoin(undefined, { flags: { token, 'discovery-file': 'file:///d.conf' }, machine }));
  expect(config.discovery).toEqual({ file: { kubeConfigPath: '/d.conf' }, tlsBootstrapToken: token });
});

test('a kubeconfig in place of discovery counts only without a file', async () => {
  const machine = { files: { '/etc/kubernetes/admin.conf': '' } };
  const discoveryFile = '/etc/kubernetes/admin.conf';
  const byFlags = await loadJoin(undefined, { flags: {}, discoveryFile, endpoint: 'a:1', machine });
  expect(succeeded(byFlags).config.discovery).toEqual({ file: { kubeConfigPath: discoveryFile } });
  expect(succeeded(await loadJoin(join(''), { discoveryFile, machine })).config.discovery).toMatchObject({ bootstrapToken: { token } });
});

test('problems with flags name the flag, or the argument', async () => {
  const given = { token: 'x', 'apiserver-bind-port': 70_000, 'control-plane': true, 'apiserver-advertise-address': 'x' };
  const loaded = await loadJoin(undefined, { flags: given, endpoint: 'a' });
  expect(loaded.ok ? [] : loaded.problems.map(({ where }) => where?.object)).toEqual([
    '--apiserver-advertise-address',
    'api-server-endpoint',
    undefined,
    '--token',
    '--apiserver-bind-port',
  ]);
});

test('without endpoint and file the problem says both ways', async () => {
  const loaded = await loadJoin(undefined, { flags: { token } });
  expect(verdict(loaded)).toEqual(['CONFIG_INVALID_VALUE discovery']);
  expect(JSON.stringify(loaded)).toContain('--discovery-file');
});

test('flags that set fields cannot stand beside a file; the argument is not looked at there', async () => {
  const loaded = await loadJoin(join(''), { flags: { token, patches: '/x', 'control-plane': true, 'cri-socket': 'x' }, endpoint: 'b:2' });
  expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'FLAG_CONFLICT', where: { object: '--config' } }] });
  expect(JSON.stringify(loaded)).toContain("can not mix '--config' with arguments [control-plane cri-socket patches token]");
  expect(succeeded(await loadJoin(join(''), { endpoint: 'b:2' })).config.discovery).toMatchObject({
    bootstrapToken: { apiServerEndpoint: 'a:1' },
  });
});

test('beside a file: the name of the flag wins, ignored checks are joined, phases are replaced, dry-run is the one given', async () => {
  const text = join(
    'dryRun: true\nskipPhases: [preflight]\nnodeRegistration: {name: of-file, ignorePreflightErrors: [Swap], kubeletExtraArgs: [{name: v, value: "1"}]}',
  );
  const beside = { 'node-name': 'OF-flag', 'ignore-preflight-errors': ['NumCPU'], 'skip-phases': ['kubelet-start'], 'dry-run': false };
  const { config, origin } = succeeded(await loadJoin(text, { flags: beside }));
  expect(config).toMatchObject({
    dryRun: false,
    skipPhases: ['kubelet-start'],
    nodeRegistration: { name: 'of-flag', ignorePreflightErrors: ['numcpu', 'swap'], kubeletExtraArgs: [{ name: 'v', value: '1' }] },
  });
  expect(origin('JoinConfiguration.skipPhases')).toMatchObject({ object: '--skip-phases' });
  expect(origin('JoinConfiguration.nodeRegistration.kubeletExtraArgs')).toMatchObject({ file, line: 6 });
  expect(origin('JoinConfiguration.caCertPath')).toBeUndefined();
  const without = succeeded(await loadJoin(text, { flags: { 'skip-phases': [] } })).config;
  expect([without.dryRun, without.skipPhases]).toEqual([true, ['preflight']]);
});

test('a field of the file that is wrong is reported where it stands, also when a flag replaces it', async () => {
  const loaded = await loadJoin(join('nodeRegistration: {name: 5}'), { flags: { 'node-name': 'x' } });
  expect(loaded).toMatchObject({ ok: false, problems: [{ code: 'CONFIG_WRONG_TYPE', where: { file, line: 4 } }] });
});

test('v1beta3 is converted with a warning; its wait for cluster-info moves', async () => {
  const text = join('nodeRegistration: {kubeletExtraArgs: {v: "5", a: "1"}}')
    .replace('v1beta4', 'v1beta3')
    .replace('discovery: {', 'discovery: {timeout: 90s, ');
  const { config, warnings } = succeeded(await loadJoin(text));
  expect(config.timeouts.discoveryMs).toBe(90_000);
  expect(config.nodeRegistration.kubeletExtraArgs.map(({ name }) => name)).toEqual(['a', 'v']);
  expect(warnings.map(({ code }) => code)).toEqual(['CONFIG_API_VERSION_DEPRECATED']);
});

test.each(['dryRun: true', 'timeouts: {}', 'nodeRegistration: {imagePullSerial: true}'])(
  'fields of v1beta4 are unknown in a v1beta3 JoinConfiguration: %s',
  async (fields) => {
    const { warnings } = succeeded(await loadJoin(join(fields).replace('v1beta4', 'v1beta3')));
    expect(warnings.map(({ code }) => code)).toContain('CONFIG_UNKNOWN_FIELD');
  },
);

test('reset leaves folder and socket open when they are not given', async () => {
  const { config } = succeeded(await loadReset(undefined, { detectCriSocket: true, machine: { sockets: ['/var/run/crio/crio.sock'] } }));
  expect(config).toEqual({
    cleanupTmpDir: false,
    dryRun: false,
    force: false,
    ignorePreflightErrors: [],
    skipPhases: [],
    unmountFlags: [],
    timeouts,
  });
});

test('reset takes its values from flags or from a file', async () => {
  const given = { 'cert-dir': '/pki', 'cri-socket': '/x.sock', force: true, 'cleanup-tmp-dir': true, 'dry-run': true };
  const byFlags = succeeded(await loadReset(undefined, { flags: given }));
  const expected = { certificatesDir: '/pki', criSocket: 'unix:///x.sock', force: true, cleanupTmpDir: true, dryRun: true };
  expect(byFlags.config).toMatchObject(expected);
  expect(byFlags.warnings).toMatchObject([{ code: 'CONFIG_VALUE_ADJUSTED', where: { object: '--cri-socket' } }]);
  const fields = 'certificatesDir: /pki\ncriSocket: unix:///x.sock\nforce: true\ncleanupTmpDir: true\nunmountFlags: [MNT_FORCE]';
  const text = documentText('ResetConfiguration', fields);
  expect(succeeded(await loadReset(text, { flags: { 'dry-run': true } })).config).toMatchObject({
    ...expected,
    unmountFlags: ['MNT_FORCE'],
  });
  expect(verdict(await loadReset(text, { flags: { force: true, 'cert-dir': '/x' } }))).toEqual(['FLAG_CONFLICT --config']);
});

test('upgrade has every default', async () => {
  const { config } = succeeded(await loadUpgrade(undefined));
  const node = {
    certificateRenewal: true,
    dryRun: false,
    etcdUpgrade: true,
    ignorePreflightErrors: [],
    skipPhases: [],
    imagePullPolicy: 'IfNotPresent',
    imagePullSerial: true,
  };
  const wishes = { allowExperimentalUpgrades: false, allowRCUpgrades: false, printConfig: false };
  expect(config).toEqual({
    apply: { ...node, ...wishes, forceUpgrade: false },
    diff: { contextLines: 3 },
    node,
    plan: { ...wishes, dryRun: false, etcdUpgrade: true, ignorePreflightErrors: [] },
    timeouts,
  });
});

const upgrade = documentText(
  'UpgradeConfiguration',
  'apply: {etcdUpgrade: false, dryRun: true, skipPhases: [addon], ignorePreflightErrors: [B], patches: {directory: /p}, kubernetesVersion: v1.36.2}\nnode: {skipPhases: [preflight]}\ndiff: {contextLines: 0}',
);

test('flags change the part of the command that runs, and no other', async () => {
  const given = { 'dry-run': false, 'skip-phases': ['x'], 'ignore-preflight-errors': ['A'] };
  const apply = succeeded(await loadUpgrade(upgrade, { flags: given })).config;
  expect(apply.apply).toMatchObject({ dryRun: false, skipPhases: ['x'], ignorePreflightErrors: ['a', 'b'], kubernetesVersion: 'v1.36.2' });
  expect(apply.node.skipPhases).toEqual(['preflight']);
  expect(apply.diff.contextLines).toBe(0);
  const node = succeeded(await loadUpgrade(upgrade, { flags: given, command: 'node' })).config;
  expect([node.node.skipPhases, node.apply.skipPhases, node.apply.dryRun]).toEqual([['x'], ['addon'], true]);
  const plan = succeeded(await loadUpgrade(upgrade, { flags: given, command: 'plan' })).config;
  expect(plan.plan.ignorePreflightErrors).toEqual(['a']);
  expect(succeeded(await loadUpgrade(upgrade, { flags: given, command: 'diff' })).config.apply.dryRun).toBe(true);
});

test('flags beside a file are refused by the command, and win in its phases', async () => {
  const given = { 'etcd-upgrade': true, force: true };
  expect(verdict(await loadUpgrade(upgrade, { flags: given }))).toEqual(['FLAG_CONFLICT --config']);
  const { config } = succeeded(await loadUpgrade(upgrade, { flags: given, besideFile: 'win' }));
  expect(config.apply).toMatchObject({ etcdUpgrade: true, forceUpgrade: true, patchesDirectory: '/p' });
});

test.each([
  ['JoinConfiguration', loadJoin],
  ['ResetConfiguration', loadReset],
  ['UpgradeConfiguration', loadUpgrade],
] as const)('a file without %s is refused by its name, documents of other kinds are ignored with a warning', async (kind, load) => {
  const others = `${documentText('ClusterConfiguration', '')}---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n`;
  const loaded = await load(others);
  expect(verdict(loaded)).toEqual([`CONFIG_KIND_ABSENT`]);
  expect(JSON.stringify(loaded)).toContain(`no ${kind} found in ${file}`);
  expect(loaded.warnings.map(({ code }) => code)).toEqual(['CONFIG_DOCUMENT_IGNORED', 'CONFIG_DOCUMENT_IGNORED']);
});

test.each([loadReset, loadUpgrade])('strict mode makes unknown fields and repeated keys problems', async (load) => {
  const kind = load === loadReset ? 'ResetConfiguration' : 'UpgradeConfiguration';
  const text = documentText(kind, 'foo: 1\ntimeouts: {}\ntimeouts: {}');
  expect(succeeded(await load(text)).warnings.map(({ code }) => code)).toEqual(['CONFIG_DUPLICATE_KEY', 'CONFIG_UNKNOWN_FIELD']);
  expect(verdict(await load(text, { strict: true }))).toEqual(['CONFIG_DUPLICATE_KEY timeouts', 'CONFIG_UNKNOWN_FIELD foo']);
});

test('a file that cannot be looked at is a problem of the field, not an exception', async () => {
  const { failure } = await import('../problems/catalogue.ts');
  const host = createMemoryHost({ files: { [file]: documentText('JoinConfiguration', 'discovery: {file: {kubeConfigPath: /x}}') } });
  const status = async (path: string) => {
    if (path === '/x') throw failure('FILE_UNREADABLE', { summary: 'permission denied' });
    return host.files.status(path);
  };
  const request = { configPath: file, flags: {}, fieldTable: { fields: {} }, detectCriSocket: false };
  const loaded = await loadJoinConfig({ ...host, files: { ...host.files, status } }, request);
  expect(verdict(loaded)).toEqual(['CONFIG_INVALID_VALUE discovery.file.kubeConfigPath']);
  expect(JSON.stringify(loaded)).toContain('permission denied');
});
