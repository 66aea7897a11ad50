import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import type { MemoryEntry } from '../host/memory/nodes.ts';
import { kernelSettings, settingIsOn } from './file-content.ts';

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
