import { expect, test } from 'vitest';
import type { NetworkInterface } from '../../host/port.ts';
import { clusterText, initText, loadFlags, loadText, succeeded, verdict } from '../load.cases.ts';

const version = { 'kubernetes-version': 'v1.36.2' };

const network = (name: string, addresses: readonly string[], more: Partial<NetworkInterface> = {}): NetworkInterface => ({
  name,
  up: true,
  loopback: name === 'lo',
  pointToPoint: false,
  addresses,
  ...more,
});

test.each([
  ['an IPv4 address is kept', '010.1.1.1', '10.1.1.1'],
  ['an IPv6 address is kept in short form', '2001:DB8:0::7', '2001:db8::7'],
  ['0.0.0.0 asks for the address of the default route', '0.0.0.0', '192.0.2.10'],
  [':: asks for IPv6, but there is only an IPv4 route', '::', '192.0.2.10'],
])('%s', async (_what, given, address) => {
  const { config } = succeeded(await loadFlags({ ...version, 'apiserver-advertise-address': given }));
  expect(config.localAPIEndpoint.advertiseAddress).toBe(address);
});

test(':: takes the IPv6 route first', async () => {
  const routes = [
    { family: 4, interface: 'eth0' },
    { family: 6, interface: 'eth0' },
  ] as const;
  const { config } = succeeded(await loadFlags({ ...version, 'apiserver-advertise-address': '::' }, { machine: { routes } }));
  expect(config.localAPIEndpoint.advertiseAddress).toBe('2001:db8::10');
});

test('an interface of the default route without address leaves it to a loopback interface', async () => {
  const machine = { interfaces: [network('lo', ['127.0.0.1', '198.51.100.1']), network('eth0', ['169.254.0.1'])] };
  expect(succeeded(await loadFlags(version, { machine })).config.localAPIEndpoint.advertiseAddress).toBe('198.51.100.1');
});

test('a loopback address is replaced by a global one of lo, with a warning; without one it is an error', async () => {
  const flags = { ...version, 'apiserver-advertise-address': '127.0.0.1' };
  const machine = { interfaces: [network('lo', ['127.0.0.1', 'fd00::1', '198.51.100.1'])] };
  const { config, warnings } = succeeded(await loadFlags(flags, { machine }));
  expect(config.localAPIEndpoint.advertiseAddress).toBe('198.51.100.1');
  expect(warnings.map(({ code }) => code)).toEqual(['CONFIG_VALUE_ADJUSTED']);
  expect(verdict(await loadFlags(flags))).toEqual(['CONFIG_INVALID_VALUE localAPIEndpoint.advertiseAddress']);
});

test('without default route there is a warning, and 0.0.0.0 is refused', async () => {
  const loaded = await loadFlags(version, { machine: { routes: [] } });
  expect(verdict(loaded)).toEqual(['CONFIG_INVALID_VALUE localAPIEndpoint.advertiseAddress']);
  expect(loaded.warnings.map(({ code }) => code)).toEqual(['ADVERTISE_ADDRESS_UNKNOWN']);
});

test('routes without any usable address are one error', async () => {
  const loaded = await loadFlags(version, { machine: { interfaces: [network('eth0', ['192.0.2.1'], { up: false })] } });
  expect(verdict(loaded)).toEqual(['ADVERTISE_ADDRESS_UNKNOWN localAPIEndpoint.advertiseAddress']);
});

test('a machine without routing tables takes the first usable interface', async () => {
  const { createMemoryHost } = await import('../../host/memory/host.ts');
  const { loadInitConfig } = await import('../load.ts');
  const host = createMemoryHost({
    interfaces: [
      network('lo', ['127.0.0.1']),
      network('tun0', ['192.0.2.1'], { pointToPoint: true }),
      network('en0', ['fe80::1', '192.0.2.2']),
    ],
  });
  const loaded = await loadInitConfig(host, { flags: version, detectCriSocket: false });
  expect(succeeded(loaded).config.localAPIEndpoint.advertiseAddress).toBe('192.0.2.2');
});

const containerd = '/var/run/containerd/containerd.sock';
const crio = '/var/run/crio/crio.sock';

test.each([
  [[], true, `unix://${containerd}`],
  [[crio], true, `unix://${crio}`],
  [[crio], false, `unix://${containerd}`],
])('of the sockets %j (detection: %s) %s is used', async (sockets, detectCriSocket, socket) => {
  const { config } = succeeded(await loadFlags(version, { machine: { sockets }, detectCriSocket }));
  expect(config.nodeRegistration.criSocket).toBe(socket);
});

test('several sockets are an error that lists them, unless one is chosen', async () => {
  const machine = { sockets: [crio, containerd] };
  const loaded = await loadFlags(version, { machine, detectCriSocket: true });
  expect(verdict(loaded)).toEqual(['CRI_SOCKET_AMBIGUOUS nodeRegistration.criSocket']);
  expect(JSON.stringify(loaded)).toContain(crio);
  expect(verdict(await loadFlags({ ...version, 'cri-socket': `unix://${crio}` }, { machine, detectCriSocket: true }))).toEqual(['ok']);
});

test.each([
  ['v1.36.2', 'v1.36.2', '1.36'],
  ['1.35.0', 'v1.35.0', '1.35'],
  ['v1.36.0-rc.1', 'v1.36.0-rc.1', '1.36'],
  ['v1.36.2+build', 'v1.36.2+build', '1.36'],
  ['release/v1.36.2', 'v1.36.2', '1.36'],
  ['v1.20.0', 'v1.20.0', '1.20'],
])('the version %s is %s', async (given, full, minor) => {
  const { config, release, warnings } = succeeded(await loadFlags({ 'kubernetes-version': given }));
  expect([config.cluster.kubernetesVersion, release.minor, warnings.length]).toEqual([full, minor, 0]);
});

test('a CI version is remembered as such', async () => {
  const { config } = succeeded(await loadFlags({ 'kubernetes-version': 'ci/v1.36.2' }));
  expect(config.cluster).toMatchObject({ kubernetesVersion: 'v1.36.2', ciKubernetesVersion: 'ci/v1.36.2' });
});

test.each([
  ['stable', '1.36'],
  ['stable-1', '1.36'],
  ['latest', '1.36'],
  ['stable-1.35', '1.35'],
  ['latest-1.36', '1.36'],
])('the label %s warns and stands for the newest known version of %s', async (label, minor) => {
  const { release, warnings } = succeeded(await loadFlags({ 'kubernetes-version': label }));
  expect(release.minor).toBe(minor);
  expect(warnings.map(({ code }) => code)).toEqual(['VERSION_LABEL_UNRESOLVED']);
});

test.each(['v1.36', 'foo', 'V1.36.2', 'v01.36.2', 'stable-0', 'stable-1.100', 'v1.36.2 '])('%j is no version', async (given) => {
  expect(verdict(await loadFlags({ 'kubernetes-version': given }))).toEqual(['VERSION_INVALID kubernetesVersion']);
});

test.each([
  ['v1.19.9', '1.20'],
  ['v1.99.0', '1.37'],
  ['v2.0.0', '1.37'],
])('%s is refused with the range that is supported; on demand the nearest release %s stands in', async (given, nearest) => {
  const flags = { 'kubernetes-version': given };
  const loaded = await loadFlags(flags);
  expect(verdict(loaded)).toEqual(['VERSION_UNSUPPORTED kubernetesVersion']);
  expect(JSON.stringify(loaded)).toContain('only supports deploying clusters of Kubernetes 1.20 to 1.37');
  const { config, release, warnings } = succeeded(await loadFlags(flags, { allowUnknownVersion: true }));
  expect([config.cluster.kubernetesVersion, release.version, release.minor]).toEqual([given, given, nearest]);
  expect(warnings.map(({ code }) => code)).toEqual(['VERSION_UNSUPPORTED']);
});

test.each([
  ['cp.k8s.io', 'cp.k8s.io:6444'],
  ['cp.k8s.io:8081', 'cp.k8s.io:8081'],
  ['2001:db7::1', '[2001:db7::1]:6444'],
  ['1.2.3.4:', '1.2.3.4:6444'],
])('the endpoint %s gets the bind port when it has none: %s', async (given, endpoint) => {
  const flags = { ...version, 'control-plane-endpoint': given, 'apiserver-bind-port': 6444 };
  expect(succeeded(await loadFlags(flags)).config.cluster.controlPlaneEndpoint).toBe(endpoint);
});

test('tokens are random, each its own', async () => {
  const { config } = succeeded(
    await loadText(
      initText('bootstrapTokens: [{}, {description: d}, {token: abcdef.0123456789abcdef, expires: "2030-01-01T01:00:00+01:00"}]'),
    ),
  );
  const [first, second, third] = config.bootstrapTokens;
  expect(first?.token).not.toBe(second?.token);
  expect(first?.description).toBeUndefined();
  expect(third).toEqual({
    token: 'abcdef.0123456789abcdef',
    expires: '2030-01-01T00:00:00Z',
    usages: ['signing', 'authentication'],
    groups: ['system:bootstrappers:kubeadm:default-node-token'],
  });
});

test('external etcd gets its plain endpoints from the others', async () => {
  const { config } = succeeded(await loadText(clusterText('etcd: {external: {endpoints: ["https://a:1"]}}')));
  expect(config.cluster.etcd).toEqual({
    external: { endpoints: ['https://a:1'], httpEndpoints: ['https://a:1'], caFile: '', certFile: '', keyFile: '' },
  });
});
