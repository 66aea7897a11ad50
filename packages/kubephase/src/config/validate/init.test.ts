import { expect, test } from 'vitest';
import { clusterText, initText, loadText, succeeded, verdict } from '../load.cases.ts';

const long = (length: number) => 'x'.repeat(length);
const accepted = ['ok'];
const invalid = (...fields: readonly string[]) => fields.map((field) => `CONFIG_INVALID_VALUE ${field}`);

const token = (fields: string) => `bootstrapTokens: [{${fields}}]`;
const external = (fields: string) => `etcd: {external: {${fields}}}`;
const network = (fields: string) => `networking: {${fields}}`;
const mask = (argument: string, subnet: string) =>
  `controllerManager: {extraArgs: [${argument
    .split(',')
    .map((pair) => pair.split('='))
    .map(([name, value]) => `{name: ${name}, value: "${value}"}`)
    .join(', ')}]}\nnetworking: {podSubnet: "${subnet}"}`;

const name = 'nodeRegistration.name';
const socket = 'nodeRegistration.criSocket';
const pods = 'networking.podSubnet';
const services = 'networking.serviceSubnet';
const sans = 'apiServer.certSANs.0';

test.each<readonly [string, readonly string[]]>([
  // node
  ['nodeRegistration: {name: node.sub}', accepted],
  ['nodeRegistration: {name: INVALID-NODENAME}', accepted],
  [`nodeRegistration: {name: ${long(253)}}`, accepted],
  ['nodeRegistration: {name: invalid-nodename-}', invalid(name)],
  ['nodeRegistration: {name: "invalid-node?name"}', invalid(name)],
  ['nodeRegistration: {name: a_b}', invalid(name)],
  [`nodeRegistration: {name: ${long(254)}}`, invalid(name)],
  ['nodeRegistration: {name: "   "}', invalid(name)],
  ['nodeRegistration: {criSocket: "unix:///some/path"}', accepted],
  ['nodeRegistration: {criSocket: "unix:/run/x.sock"}', accepted],
  ['nodeRegistration: {criSocket: /some/path}', accepted],
  ['nodeRegistration: {criSocket: "bla:///x"}', accepted],
  ['nodeRegistration: {criSocket: ":::"}', accepted],
  ['nodeRegistration: {criSocket: "unix://[::1"}', invalid(socket)],
  ['nodeRegistration: {criSocket: "unix:///a%zz"}', invalid(socket)],
  ['nodeRegistration: {criSocket: unixfoo}', invalid(socket)],
  ['nodeRegistration: {kubeletExtraArgs: [{name: --v, value: "5"}, {name: --v, value: "6"}]}', accepted],
  ['nodeRegistration: {kubeletExtraArgs: [{name: "", value: x}]}', invalid('nodeRegistration.kubeletExtraArgs')],
  ['nodeRegistration: {imagePullPolicy: Never}', accepted],
  ['nodeRegistration: {imagePullPolicy: ""}', accepted],
  ['nodeRegistration: {imagePullPolicy: always}', invalid('nodeRegistration.imagePullPolicy')],
  ['nodeRegistration: {ignorePreflightErrors: [a, a]}', accepted],
  ['nodeRegistration: {ignorePreflightErrors: [all, Swap]}', invalid('nodeRegistration.ignorePreflightErrors')],
  // tokens
  [token('token: abcdef.0123456789abcdef'), accepted],
  [token('token: null'), accepted],
  [token('token: abcdef.0123'), invalid('bootstrapTokens.0.token')],
  [token('token: ABCDEF.0123456789abcdef'), invalid('bootstrapTokens.0.token')],
  [token('token: ""'), invalid('bootstrapTokens.0.token')],
  [token('usages: [signing, authentication]'), accepted],
  [token('usages: [foo, signing, bar]'), invalid('bootstrapTokens.0.usages')],
  [
    'bootstrapTokens: [{}, {usages: [z], groups: ["system:bootstrappers:x"]}]',
    invalid('bootstrapTokens.1.usages', 'bootstrapTokens.1.groups'),
  ],
  [token('groups: ["system:bootstrappers:foo"]'), accepted],
  [token('groups: ["some group"]'), invalid('bootstrapTokens.0.groups')],
  [token('groups: ["system:bootstrappers:a:"]'), invalid('bootstrapTokens.0.groups')],
  [token('groups: ["system:bootstrappers:A"]'), invalid('bootstrapTokens.0.groups')],
  [token('ttl: "0"'), accepted],
  [token('ttl: -5m'), accepted],
  [token('ttl: 1h, expires: "2030-01-01T00:00:00Z"'), invalid('bootstrapTokens.0')],
  [token('expires: tomorrow'), invalid('bootstrapTokens.0.expires')],
  // What kubeadm refuses only because of its own defaults:
  [token('expires: "2030-01-01T00:00:00Z"'), accepted],
  [token('usages: [signing]'), accepted],
  // endpoint and key
  ['localAPIEndpoint: {advertiseAddress: 1.2.3.4}', accepted],
  ['localAPIEndpoint: {advertiseAddress: "1.2"}', invalid('localAPIEndpoint.advertiseAddress')],
  ['localAPIEndpoint: {advertiseAddress: 1.2.3.4/16}', invalid('localAPIEndpoint.advertiseAddress')],
  ['localAPIEndpoint: {advertiseAddress: 224.0.0.1}', invalid('localAPIEndpoint.advertiseAddress')],
  ['localAPIEndpoint: {advertiseAddress: 169.254.1.1}', invalid('localAPIEndpoint.advertiseAddress')],
  ['localAPIEndpoint: {advertiseAddress: "fe80::1"}', invalid('localAPIEndpoint.advertiseAddress')],
  ['localAPIEndpoint: {advertiseAddress: 255.255.255.255}', invalid('localAPIEndpoint.advertiseAddress')],
  ['localAPIEndpoint: {bindPort: 1}', accepted],
  ['localAPIEndpoint: {bindPort: 0}', accepted],
  ['localAPIEndpoint: {bindPort: -1}', invalid('localAPIEndpoint.bindPort')],
  ['localAPIEndpoint: {bindPort: 65536}', invalid('localAPIEndpoint.bindPort')],
  ['localAPIEndpoint: {bindPort: "6443"}', ['CONFIG_WRONG_TYPE localAPIEndpoint.bindPort']],
  ['localAPIEndpoint: {bindPort: 6443.5}', invalid('localAPIEndpoint.bindPort')],
  ['localAPIEndpoint: {bindPort: 99999999999}', invalid('localAPIEndpoint.bindPort')],
  [`certificateKey: "${'0a'.repeat(32)}"`, accepted],
  ['certificateKey: ""', accepted],
  ['certificateKey: e6a', invalid('certificateKey')],
  ['certificateKey: e6a2', invalid('certificateKey')],
  [`certificateKey: z${'a'.repeat(63)}`, invalid('certificateKey')],
  // timeouts
  ['timeouts: {discovery: -5m}', accepted],
  ['timeouts: {discovery: 5 minutes}', invalid('timeouts.discovery')],
  ['timeouts: {discovery: 5}', ['CONFIG_WRONG_TYPE timeouts.discovery']],
])('InitConfiguration %s: %j', async (fields, expected) => {
  expect(verdict(await loadText(initText(fields)))).toEqual(expected);
});

test.each<readonly [string, readonly string[]]>([
  ['clusterName: x', accepted],
  // endpoint
  ...['cp.k8s.io', 'cp.k8s.io:8081', '1.2.3.4', '1.2.3.4:8081', '[2001:db7::1]:8081', '2001:db7::1', '1.2.34', '1.2.3.4:'].map(
    (value) => [`controlPlaneEndpoint: "${value}"`, accepted] as const,
  ),
  ...['a.B.c.d.e', '2001:db7:1', '[::1]', ':6443', 'https://foo:6443', '1.2.3.4:0', '1.2.3.4:65536', 'host:abc'].map(
    (value) => [`controlPlaneEndpoint: "${value}"`, invalid('controlPlaneEndpoint')] as const,
  ),
  // networks
  [network('dnsDomain: Cluster.Local'), invalid('networking.dnsDomain')],
  [network('dnsDomain: my.org.'), invalid('networking.dnsDomain')],
  ...[
    '10.0.0.0/28',
    '2001:db8::/112',
    '10.0.0.0/12',
    '2001:db8::/108',
    '010.96.0.0/16',
    '10.96.5.7/16',
    '10.96.0.0/16,2001:db8::/112',
    '2001:db8::/112,10.96.0.0/16',
  ].map((value) => [network(`serviceSubnet: "${value}"`), accepted] as const),
  ...[
    '10.96.0.0',
    'foo',
    'a.b.c.d/24',
    ' 10.96.0.0/16',
    '10.96.0.0/16,',
    '10.96.0.0/16, 2001:db8::/112',
    '10.96.0.0/16,10.97.0.0/16',
    '10.96.0.0/16,2001:db8::/112,10.97.0.0/16',
    '10.0.0.0/29',
    '2001:db8::/125',
    '10.0.0.0/11',
    '10.0.0.16/2',
    '2001:db8::1/107',
  ].map((value) => [network(`serviceSubnet: "${value}"`), invalid(services)] as const),
  ...['10.244.0.0/16', '10.0.0.0/24', '10.0.0.0/8', '2001:db8::/48'].map((value) => [network(`podSubnet: "${value}"`), accepted] as const),
  ...['10.0.0.0/25', '10.0.0.0/7', '2001:db8::/47', '2001:db8::/65'].map(
    (value) => [network(`podSubnet: "${value}"`), invalid(pods)] as const,
  ),
  [network('podSubnet: 10.0.0.16/29'), invalid(pods, pods)],
  [mask('node-cidr-mask-size-ipv4=23', '10.0.0.0/24'), invalid(pods)],
  [mask('node-cidr-mask-size-ipv4=26', '10.0.0.0/25'), accepted],
  [mask('node-cidr-mask-size-ipv4=aa', '10.0.0.0/24'), invalid(pods)],
  [mask('node-cidr-mask-size-ipv6=aa', '10.0.0.0/24'), accepted],
  [mask('node-cidr-mask-size-ipv6=120', '2001:db8::/64'), invalid(pods)],
  [mask('allocate-node-cidrs=false', '10.0.0.0/28'), accepted],
  [mask('allocate-node-cidrs=False', '10.0.0.0/28'), invalid(pods)],
  [mask('allocate-node-cidrs=false', '10.0.0.0/29'), invalid(pods)],
  [mask('allocate-node-cidrs=false,allocate-node-cidrs=true', '10.0.0.0/28'), invalid(pods)],
  // What kubeadm gets wrong: the argument without family counts, and a mask has an upper end.
  [mask('node-cidr-mask-size=26', '10.0.0.0/25'), accepted],
  [mask('node-cidr-mask-size-ipv4=40', '10.0.0.0/25'), invalid(pods)],
  // images
  ...[
    'a',
    'a.b.c',
    'a.b.c/repo',
    'a:5000',
    'a.b.c:5000/repo',
    'a/b/c',
    '127.0.0.1:5000/repo',
    '[::1]:5000/x',
    'UPPER/x',
    'Upper.io/x',
    '',
  ].map((value) => [`imageRepository: "${value}"`, accepted] as const),
  ...['a.b/c\\n s', ' a.b.c', 'a.b c', 'a.b.c:5000/', 'registry.k8s.io/', 'https://a.b.c:5000', 'a//b/c', 'a.b.c:5000/test:1.0'].map(
    (value) => [`imageRepository: "${value}"`, invalid('imageRepository')] as const,
  ),
  ['dns: {imageRepository: "a//b"}', invalid('dns.imageRepository')],
  ['etcd: {local: {imageRepository: "a//b"}}', invalid('etcd.local.imageRepository')],
  // certificates and components
  ...['my-hostname', 'my.subdomain', '*.my-hostname2', '1.2.3.4', '010.1.1.1', '2001:db8::4', '::1', 'UPPER.Case'].map(
    (value) => [`apiServer: {certSANs: ["${value}"]}`, accepted] as const,
  ),
  ...['1,2,,3', '???&?.garbage', '**.x', '*.*.x', 'a.*.x', '*', '', 'under_score', 'trailing.dot.', 'fe80::1%eth0'].map(
    (value) => [`apiServer: {certSANs: ["${value}"]}`, invalid(sans)] as const,
  ),
  ['etcd: {local: {serverCertSANs: [ok.name]}}', accepted],
  ['etcd: {local: {serverCertSANs: [UPPER.Case]}}', invalid('etcd.local.serverCertSANs.0')],
  ['etcd: {local: {peerCertSANs: [UPPER.Case]}}', invalid('etcd.local.peerCertSANs.0')],
  ['apiServer: {extraArgs: [{name: --v, value: "5"}, {name: --v, value: "6"}]}', accepted],
  ['apiServer: {extraArgs: [{name: "", value: x}]}', invalid('apiServer.extraArgs')],
  ['controllerManager: {extraArgs: [{name: "", value: x}]}', invalid('controllerManager.extraArgs')],
  ['scheduler: {extraArgs: [{name: "", value: x}]}', invalid('scheduler.extraArgs')],
  ['etcd: {local: {extraArgs: [{name: "", value: x}]}}', invalid('etcd.local.extraArgs')],
  ['apiServer: {extraArgs: {v: "5"}}', ['CONFIG_WRONG_TYPE apiServer.extraArgs']],
  ['certificatesDir: /pki', accepted],
  ['certificatesDir: ./tmp', invalid('certificatesDir')],
  ['etcd: {local: {dataDir: foo}}', invalid('etcd.local.dataDir')],
  ['featureGates: {RootlessControlPlane: true}', accepted],
  ['featureGates: {Unknown: true}', invalid('featureGates.Unknown')],
  ['featureGates: {EtcdLearnerMode: true}', invalid('featureGates.EtcdLearnerMode')],
  ['featureGates: {RootlessControlPlane: "true"}', ['CONFIG_WRONG_TYPE featureGates.RootlessControlPlane']],
  ['encryptionAlgorithm: ECDSA-P384', accepted],
  ['encryptionAlgorithm: ""', accepted],
  ['encryptionAlgorithm: foo', invalid('encryptionAlgorithm')],
  ['encryptionAlgorithm: rsa-2048', invalid('encryptionAlgorithm')],
  ['certificateValidityPeriod: 17520h', accepted],
  ['certificateValidityPeriod: -1h', accepted],
  ['certificateValidityPeriod: 1y', invalid('certificateValidityPeriod')],
  // etcd
  ['etcd: {}', accepted],
  ['etcd: {local: {}, external: {endpoints: []}}', invalid('etcd')],
  [external('endpoints: ["https://a:1"], certFile: /c'), invalid('etcd.external')],
  [external('endpoints: ["https://a:1"], keyFile: /c'), invalid('etcd.external')],
  [external('endpoints: ["https://a:1"], keyFile: /c, certFile: /d'), invalid('etcd.external')],
  [external('endpoints: ["https://a:1"], caFile: /c'), accepted],
  [external('endpoints: ["https://a:1"], keyFile: /c, certFile: /d, caFile: /e'), accepted],
  ['etcd: {external: {}}', invalid('etcd.external.endpoints')],
  [external('endpoints: ["http://a:1"]'), accepted],
  [external('endpoints: ["http://a:1"], caFile: /c'), invalid('etcd.external.endpoints.0')],
  [external('endpoints: ["https://a:1"], caFile: /c, httpEndpoints: ["http://a:2"]'), accepted],
  [
    external('endpoints: ["10.100.0.1:2379", example.com]'),
    invalid('etcd.external.endpoints.0', 'etcd.external.endpoints.1', 'etcd.external.httpEndpoints.0', 'etcd.external.httpEndpoints.1'),
  ],
  [
    external('endpoints: ["https://a:1"], caFile: a, certFile: b, keyFile: c'),
    invalid('etcd.external.caFile', 'etcd.external.certFile', 'etcd.external.keyFile'),
  ],
])('ClusterConfiguration %s: %j', async (fields, expected) => {
  expect(verdict(await loadText(clusterText(fields)))).toEqual(expected);
});

test.each<readonly [string, string, string]>([
  ['certificateValidityPeriod: 17520h', 'CONFIG_QUESTIONABLE_VALUE', 'certificateValidityPeriod'],
  ['caCertificateValidityPeriod: 175200h', 'CONFIG_QUESTIONABLE_VALUE', 'caCertificateValidityPeriod'],
  ['certificateValidityPeriod: 2h\ncaCertificateValidityPeriod: 1h', 'CONFIG_QUESTIONABLE_VALUE', 'certificateValidityPeriod'],
  [network('serviceSubnet: "fec0::/112"'), 'CONFIG_QUESTIONABLE_VALUE', 'networking.serviceSubnet'],
  [network('podSubnet: 10.96.0.0/16'), 'CONFIG_QUESTIONABLE_VALUE', 'networking.podSubnet'],
  [network('podSubnet: "2001:db8::/48"'), 'CONFIG_QUESTIONABLE_VALUE', 'networking.podSubnet'],
  [network('serviceSubnet: "2001:db8::/112"'), 'CONFIG_QUESTIONABLE_VALUE', 'localAPIEndpoint.advertiseAddress'],
  ['featureGates: {PublicKeysECDSA: true}', 'CONFIG_FEATURE_GATE', 'featureGates.PublicKeysECDSA'],
  ['featureGates: {NodeLocalCRISocket: false}', 'CONFIG_FEATURE_GATE', 'featureGates.NodeLocalCRISocket'],
])('%s is accepted with the warning %s', async (fields, code, field) => {
  const { warnings } = succeeded(await loadText(clusterText(fields)));
  expect(warnings).toContainEqual(expect.objectContaining({ code, where: expect.objectContaining({ field }), remedy: expect.any(String) }));
});

test('a problem says the field, the value, what is allowed, the place and the remedy', async () => {
  const loaded = await loadText(clusterText('networking:\n  serviceSubnet: 10.0.0.0/29'));
  expect(loaded).toMatchObject({
    ok: false,
    problems: [
      {
        code: 'CONFIG_INVALID_VALUE',
        summary: 'networking.serviceSubnet: Invalid value: "10.0.0.0/29": too small: 8 addresses, at least 10 are needed',
        remedy: 'Correct networking.serviceSubnet in the configuration file.',
        where: { file: '/config.yaml', line: 5, column: 3, field: 'networking.serviceSubnet' },
      },
    ],
  });
});

test('everything that is wrong is reported together', async () => {
  const loaded = await loadText(initText('nodeRegistration: {name: a_b}\nlocalAPIEndpoint: {advertiseAddress: x}\ncertificateKey: zz'));
  expect(verdict(loaded)).toEqual(invalid('localAPIEndpoint.advertiseAddress', 'nodeRegistration.name', 'certificateKey'));
});

test.each(['token: abcdef.0123456789SECRET', 'token: {secret: SECRET}'])(
  'a bad token is not repeated in the problem: %s',
  async (fields) => {
    expect(JSON.stringify(await loadText(initText(token(fields))))).not.toContain('SECRET');
  },
);

test('a bad certificate key is not repeated in the problem', async () => {
  expect(JSON.stringify(await loadText(initText('certificateKey: 0123456789abcdefSECRET')))).not.toContain('SECRET');
});
