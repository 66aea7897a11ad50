import { expect, it, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import type { MemoryEntry } from '../host/memory/disk.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import type { Finding } from './check.ts';
import { hostname, httpProxy, httpProxyCidr, kernelSettings, settingIsOn } from './network.ts';

async function findingsFor(name: string, names: Readonly<Record<string, readonly string[]>>): Promise<readonly Finding[]> {
  const config = initConfig({ nodeRegistration: { ...initConfig().nodeRegistration, name } });
  return hostname.run(checkContext({ config, host: { names } }));
}

test.each([
  ['cp1', 0],
  ['cp1.example.org', 0],
  ['example.org/cp1', 0],
  ['-cp1', 1],
  ['cp_1', 0],
  ['', 1],
  ['a'.repeat(63), 0],
  ['a'.repeat(64), 1],
  [`-${'a'.repeat(64)}`, 2],
  ['Upper/cp1', 1],
  ['a/b/c', 1],
])('the node name %j breaks %i rules', async (name, count) => {
  expect(await findingsFor(name, { [name]: ['192.0.2.1'] })).toHaveLength(count);
});

test('a name without an address gets two findings: that, and why', async () => {
  expect((await findingsFor('cp1', {})).map(({ summary }) => summary)).toEqual([
    'no address was found for the node name "cp1"',
    'the name cp1 cannot be resolved: the machine in memory does not know it',
  ]);
});

const proxied = { HTTPS_PROXY: 'http://proxy.example:3128' };

test.each([
  ['192.0.2.10', {}, undefined],
  ['192.0.2.10', proxied, 'requests to https://192.0.2.10 go through the proxy http://proxy.example:3128'],
  ['2001:db8::1', proxied, 'requests to https://[2001:db8::1] go through the proxy http://proxy.example:3128'],
  ['192.0.2.10', { ...proxied, NO_PROXY: '192.0.2.0/24' }, undefined],
  ['192.0.2.10', { HTTP_PROXY: 'http://proxy.example:3128' }, undefined],
])('an API server at %s with %j', async (address, environment, expected) => {
  const findings = await httpProxy(address).run(checkContext({ host: { environment } }));
  expect(findings.map(({ summary }) => summary)).toEqual(expected === undefined ? [] : [expected]);
});

it('keeps the credentials of the proxy to itself', async () => {
  const environment = { HTTPS_PROXY: 'http://alice:s3cret@proxy.example:3128/alice?s3cret' };
  const findings = await httpProxy('192.0.2.10').run(checkContext({ host: { environment } }));
  expect(findings[0]?.summary).toContain('http://***@proxy.example:3128');
  expect(JSON.stringify(findings)).not.toMatch(/alice|s3cret/);
});

test.each<[readonly string[], Readonly<Record<string, string>>, readonly (readonly [string, string | undefined])[]]>([
  [[], proxied, []],
  [['10.96.0.0/12'], { ...proxied, no_proxy: '10.96.0.0/12' }, []],
  [
    ['10.96.0.0/12', 'fd00::/112'],
    { ...proxied, no_proxy: '10.0.0.0/8' },
    [['requests into the Pod network fd00::/112 go through the proxy http://proxy.example:3128', undefined]],
  ],
  [['192.0.2.7/32'], { ...proxied, no_proxy: '192.0.2.7' }, []],
  [['10.96.0.0'], {}, [['"10.96.0.0" of the Pod network is not an IP range', 'error']]],
])('ranges %j with %j', async (cidrs, environment, expected) => {
  const findings = await httpProxyCidr('Pod', cidrs).run(checkContext({ host: { environment } }));
  expect(findings.map(({ summary, severity }) => [summary, severity])).toEqual(expected);
});

const filterOf = (table: string): string => `FileContent--proc-sys-net-bridge-bridge-nf-call-${table}`;
const names = (minor: string): readonly string[] => [...kernelSettings(4, minor), ...kernelSettings(6, minor)].map(({ name }) => name);

test('packets have to be forwarded, and before 1.30 bridges have to be filtered too', () => {
  const [ipv4, ipv6] = ['FileContent--proc-sys-net-ipv4-ip_forward', 'FileContent--proc-sys-net-ipv6-conf-default-forwarding'];
  expect(names('1.36')).toEqual([ipv4, ipv6]);
  expect(names('1.30')).toEqual([ipv4, ipv6]);
  expect(names('1.29')).toEqual([filterOf('iptables'), ipv4, filterOf('ip6tables'), ipv6]);
});

test.each<[string, Readonly<Record<string, MemoryEntry>>, readonly string[]]>([
  ['is on', { '/proc/f': '1\n' }, []],
  ['is off', { '/proc/f': '0\n' }, ['/proc/f does not hold 1']],
  ['is empty', { '/proc/f': '' }, ['/proc/f does not hold 1']],
  ['does not exist', {}, ['/proc/f does not exist']],
])('a setting that %s is judged', async (_, files, summaries) => {
  const findings = await settingIsOn('/proc/f', 'net.f').run(checkContext({ host: { files } }));
  expect(findings.map(({ summary }) => summary)).toEqual(summaries);
});

test('a setting that cannot be read fails with its path', async () => {
  const host = createMemoryHost({ uid: 1000, files: { '/proc/f': { content: '1', mode: 0o600 } } });
  await expect(settingIsOn('/proc/f', 'net.f').run({ ...checkContext(), host })).rejects.toThrow('/proc/f');
});

test('the remedy for a missing setting of bridges loads the module of the kernel', async () => {
  const [bridge] = kernelSettings(4, '1.20');
  expect(await bridge?.run(checkContext())).toMatchObject([
    { remedy: expect.stringMatching(/modprobe br_netfilter.*sysctl -w/) as string },
  ]);
});
