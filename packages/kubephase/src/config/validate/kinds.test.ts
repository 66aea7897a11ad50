import { expect, test } from 'vitest';
import { documentText, file, loadJoin, loadReset, loadUpgrade, verdict } from '../kinds.cases.ts';
import { loadConfig } from '../whole-file.ts';

const accepted = ['ok'];
const invalid = (...fields: readonly string[]) => fields.map((field) => `CONFIG_INVALID_VALUE ${field}`);

const token = 'token: abcdef.0123456789abcdef';
const unsafe = 'unsafeSkipCAVerification: true';
const endpoint = 'apiServerEndpoint: "1.2.3.4:6443"';
const byToken = (fields: string) => `discovery: {bootstrapToken: {${fields}}}`;
const byFile = (path: string) => `discovery: {file: {kubeConfigPath: "${path}"}}`;
const whole = byToken(`${token}, ${unsafe}, ${endpoint}`);
const controlPlane = (fields: string) => `${whole}\ncontrolPlane: {${fields}}`;
const node = (fields: string) => `${whole}\nnodeRegistration: {${fields}}`;

const at = 'discovery.bootstrapToken';
const path = 'discovery.file.kubeConfigPath';
const address = 'controlPlane.localAPIEndpoint.advertiseAddress';
const port = 'controlPlane.localAPIEndpoint.bindPort';
const key = 'controlPlane.certificateKey';

test.each<readonly [string, readonly string[]]>([
  // discovery
  ['', invalid('discovery')],
  ['discovery: {}', invalid('discovery')],
  ['discovery: {bootstrapToken: null, file: null}', invalid('discovery')],
  [`discovery: {bootstrapToken: {${token}, ${unsafe}, ${endpoint}}, file: {kubeConfigPath: "https://a/b"}}`, invalid('discovery')],
  ...['1.2.3.4:6443', '[2001:db8::1]:6443', ':6443', 'foo:bar'].map(
    (value) => [byToken(`${token}, ${unsafe}, apiServerEndpoint: "${value}"`), accepted] as const,
  ),
  ...['192.168.122.100', '2001:db8::1:6443', 'https://foo:6443', ''].map(
    (value) => [byToken(`${token}, ${unsafe}, apiServerEndpoint: "${value}"`), invalid(`${at}.apiServerEndpoint`)] as const,
  ),
  [byToken(`${token}, ${unsafe}`), invalid(`${at}.apiServerEndpoint`)],
  [byToken(`${token}, ${endpoint}, caCertHashes: ["sha256:00"]`), accepted],
  [byToken(`${token}, ${endpoint}, caCertHashes: [anything], ${unsafe}`), accepted],
  [byToken(`${token}, ${endpoint}`), invalid(`${at}.caCertHashes`)],
  [byToken(`${token}, ${endpoint}, caCertHashes: []`), invalid(`${at}.caCertHashes`)],
  [byToken(`token: 772ef5.6b6baab1d4a0a171, ${unsafe}, ${endpoint}`), accepted],
  ...['.6b6baab1d4a0a171', '772ef5.', 'abcdef.1234567890123456@foobar', ''].map(
    (value) => [byToken(`token: "${value}", ${unsafe}, ${endpoint}`), invalid(`${at}.token`)] as const,
  ),
  [byToken(`${unsafe}, ${endpoint}`), invalid(`${at}.token`)],
  [`${whole.slice(0, -1)}, tlsBootstrapToken: 772ef5.6b6baab1d4a0a171}`, accepted],
  [`${whole.slice(0, -1)}, tlsBootstrapToken: foo}`, invalid('discovery.tlsBootstrapToken')],
  [`${byFile('https://a/b').slice(0, -1)}, tlsBootstrapToken: foo}`, invalid('discovery.tlsBootstrapToken')],
  [`${byFile('https://a/b').slice(0, -1)}, tlsBootstrapToken: ""}`, accepted],
  ...['https://url/file.conf', '/here', 'file:///here', 'file:///with%20blank', '/folder'].map(
    (value) => [byFile(value), accepted] as const,
  ),
  ...['http://[::1]a', 'https://u r l/file.conf', 'http://url/file.conf', 'foo', '', 'file:///nope', 'ftp://a/b'].map(
    (value) => [byFile(value), invalid(path)] as const,
  ),
  // node
  [node('name: node.sub, imagePullPolicy: Never, taints: [], ignorePreflightErrors: [a, a]'), accepted],
  [node('name: a_b'), invalid('nodeRegistration.name')],
  [node('criSocket: unixfoo'), invalid('nodeRegistration.criSocket')],
  [node('criSocket: /some/path'), accepted],
  [node('kubeletExtraArgs: [{name: "", value: x}]'), invalid('nodeRegistration.kubeletExtraArgs')],
  [node('imagePullPolicy: always'), invalid('nodeRegistration.imagePullPolicy')],
  [node('ignorePreflightErrors: [ALL, Swap]'), invalid('nodeRegistration.ignorePreflightErrors')],
  // control plane
  [controlPlane(''), accepted],
  [controlPlane('localAPIEndpoint: {bindPort: 0}'), accepted],
  [controlPlane('localAPIEndpoint: {bindPort: 65536}'), invalid(port)],
  [controlPlane('localAPIEndpoint: {bindPort: -1}'), invalid(port)],
  [controlPlane('localAPIEndpoint: {bindPort: "1"}'), [`CONFIG_WRONG_TYPE ${port}`]],
  [controlPlane('localAPIEndpoint: {advertiseAddress: 1.2.3.4}'), accepted],
  [controlPlane('localAPIEndpoint: {advertiseAddress: aaa}'), invalid(address)],
  [controlPlane('localAPIEndpoint: {advertiseAddress: 224.0.0.1}'), invalid(address)],
  [controlPlane(`certificateKey: "${'0a'.repeat(32)}"`), accepted],
  [controlPlane('certificateKey: e6a'), invalid(key)],
  [controlPlane('certificateKey: e6a2'), invalid(key)],
  // paths and waits
  [`${whole}\ncaCertPath: /some/cert.crt`, accepted],
  ...['/some/cert.pem', 'cert.crt', '/a.crt/'].map((value) => [`${whole}\ncaCertPath: ${value}`, invalid('caCertPath')] as const),
  [`${whole}\npatches: {directory: relative}`, accepted],
  [`${whole}\ntimeouts: {discovery: -5m}`, accepted],
  [`${whole}\ntimeouts: {discovery: 5 minutes}`, invalid('timeouts.discovery')],
  [`${whole}\ndryRun: "yes"`, ['CONFIG_WRONG_TYPE dryRun']],
])('JoinConfiguration %s: %j', async (fields, expected) => {
  const files = { '/here': '', '/with blank': '', '/folder/x': '' };
  expect(verdict(await loadJoin(documentText('JoinConfiguration', fields), { machine: { files } }))).toEqual(expected);
});

test.each<readonly [string, readonly string[]]>([
  ['', accepted],
  ['criSocket: "unix:///x"', accepted],
  ['criSocket: /x', accepted],
  ['criSocket: unixfoo', invalid('criSocket')],
  ['certificatesDir: ""', accepted],
  ['certificatesDir: /pki', accepted],
  ['certificatesDir: bar', invalid('certificatesDir')],
  ['unmountFlags: [MNT_FORCE, MNT_DETACH, MNT_EXPIRE, UMOUNT_NOFOLLOW]', accepted],
  ['unmountFlags: [mnt_force]', invalid('unmountFlags.0')],
  [
    'criSocket: unixfoo\ncertificatesDir: bar\nunmountFlags: [baz, MNT_FORCE, qux]',
    invalid('criSocket', 'certificatesDir', 'unmountFlags.0', 'unmountFlags.2'),
  ],
  ['ignorePreflightErrors: [all, swap]', invalid('ignorePreflightErrors')],
  ['skipPhases: [nothing]', accepted],
  ['timeouts: {etcdAPICall: 0s}', accepted],
  ['force: 1', ['CONFIG_WRONG_TYPE force']],
])('ResetConfiguration %s: %j', async (fields, expected) => {
  expect(verdict(await loadReset(documentText('ResetConfiguration', fields)))).toEqual(expected);
});

test.each<readonly [string, readonly string[]]>([
  ['', accepted],
  ['apply: {patches: {directory: /p}}', accepted],
  ['apply: {patches: {directory: foo}}', invalid('apply.patches.directory')],
  ['apply: {patches: {}}', invalid('apply.patches.directory')],
  ['node: {patches: {directory: foo}}', invalid('node.patches.directory')],
  ['apply: {imagePullPolicy: ""}', accepted],
  ['apply: {imagePullPolicy: bar}', invalid('apply.imagePullPolicy')],
  ['node: {imagePullPolicy: bar}', invalid('node.imagePullPolicy')],
  [
    'node: {imagePullPolicy: bar, patches: {directory: b}}\napply: {imagePullPolicy: foo, patches: {directory: a}}',
    invalid('apply.patches.directory', 'node.patches.directory', 'apply.imagePullPolicy', 'node.imagePullPolicy'),
  ],
  ['plan: {ignorePreflightErrors: [all, x]}', invalid('plan.ignorePreflightErrors')],
  ['apply: {kubernetesVersion: anything}', accepted],
  ['diff: {contextLines: -5}', accepted],
  ['diff: {contextLines: 1.5}', invalid('diff.contextLines')],
  ['apply: {etcdUpgrade: null}', accepted],
  ['apply: []', ['CONFIG_WRONG_TYPE apply']],
])('UpgradeConfiguration %s: %j', async (fields, expected) => {
  expect(verdict(await loadUpgrade(documentText('UpgradeConfiguration', fields)))).toEqual(expected);
});

test('a control plane node with an address that cannot be reached is refused when it joins, and when the file is checked', async () => {
  const text = documentText('JoinConfiguration', controlPlane('localAPIEndpoint: {advertiseAddress: 224.0.0.1}'));
  expect(verdict(await loadJoin(text))).toEqual(invalid(address));
  expect(verdict(await loadConfig({ text }))).toEqual(invalid(address));
});

test.each([
  ['JoinConfiguration', node('imagePullPolicy: always'), 'Always'],
  ['ResetConfiguration', 'unmountFlags: [MNT_DETACHED]', 'MNT_DETACH'],
  ['UpgradeConfiguration', 'apply: {imagePullPolicy: IfNotPresnt}', 'IfNotPresent'],
  ['InitConfiguration', 'bootstrapTokens: [{usages: [signin]}]', 'signing'],
  ['ClusterConfiguration', 'encryptionAlgorithm: rsa-2048', 'RSA-2048'],
  ['ClusterConfiguration', 'featureGates: {RootlesControlPlane: true}', 'RootlessControlPlane'],
])('a word of %s that is nearly right gets a suggestion: %s', async (kind, fields, meant) => {
  const loaded = await loadConfig({ text: documentText(kind, fields) });
  expect(loaded).toMatchObject({ ok: false, problems: [{ remedy: `Did you mean "${meant}"?` }] });
});

test.each([
  ['InitConfiguration', 'nodeRegistration: {taints: [{key: a, effect: NoShedule}]}', 'nodeRegistration.taints.0.effect', 'NoSchedule'],
  [
    'ClusterConfiguration',
    'scheduler: {extraVolumes: [{name: a, hostPath: /a, mountPath: /a, pathType: Direktory}]}',
    'scheduler.extraVolumes.0.pathType',
    'Directory',
  ],
])('a word of %s that Kubernetes would refuse later is a warning: %s', async (...[kind, fields, field, meant]) => {
  const loaded = await loadConfig({ text: documentText(kind, fields) });
  expect(loaded).toMatchObject({
    ok: true,
    warnings: [{ code: 'CONFIG_QUESTIONABLE_VALUE', where: { field }, remedy: `Did you mean "${meant}"?` }],
  });
});

test.each([
  ['JoinConfiguration', 'discovery: {bootstraptoken: {}}', 'discovery.bootstraptoken', 'bootstrapToken'],
  ['ResetConfiguration', 'unmountFlag: []', 'unmountFlag', 'unmountFlags'],
  ['UpgradeConfiguration', 'apply: {certificateRenew: true}', 'apply.certificateRenew', 'certificateRenewal'],
])('a field of %s that is nearly right gets a suggestion: %s', async (...[kind, fields, field, meant]) => {
  const loaded = await loadConfig({ text: documentText(kind, fields), strict: true });
  expect(loaded.ok ? [] : loaded.problems).toContainEqual(
    expect.objectContaining({
      code: 'CONFIG_UNKNOWN_FIELD',
      where: expect.objectContaining({ field }),
      remedy: expect.stringContaining(`"${meant}"`),
    }),
  );
});

test('secrets of a joining node are not repeated in problems', async () => {
  const secret = 'abcdef.0123456789SECRET';
  const text = documentText(
    'JoinConfiguration',
    `discovery: {tlsBootstrapToken: x${secret}, bootstrapToken: {token: ${secret}, ${endpoint}, ${unsafe}}}\ncontrolPlane: {certificateKey: SECRETSECRET}`,
  );
  const loaded = await loadJoin(text);
  expect(verdict(loaded)).toEqual(invalid(`${at}.token`, 'discovery.tlsBootstrapToken', key));
  expect(JSON.stringify(loaded)).not.toContain('SECRET');
});

test('a problem says where the field stands, and what helps', async () => {
  const text = documentText(
    'JoinConfiguration',
    'discovery:\n  bootstrapToken:\n    token: abcdef.0123456789abcdef\n    apiServerEndpoint: a',
  );
  const loaded = await loadJoin(text);
  expect(loaded).toMatchObject({
    ok: false,
    problems: [
      { where: { file, line: 6, column: 5, field: `${at}.apiServerEndpoint` }, remedy: expect.any(String) },
      {
        where: { file, line: 4, column: 3, field: `${at}.caCertHashes` },
        remedy: expect.stringContaining('--discovery-token-ca-cert-hash'),
      },
    ],
  });
  expect(JSON.stringify(loaded)).toContain('--discovery-token-unsafe-skip-ca-verification');
});
