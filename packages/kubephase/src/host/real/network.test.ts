import { describe, expect, it } from 'vitest';
import { createMemoryHost } from '../memory/host.ts';
import { readDefaultRoutes } from './network.ts';

const ipv4 = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth1	00000000	0102A8C0	0003	0	0	100	00000000	0	0	0
eth1	0002A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
wlan0	00000000	0103A8C0	0003	0	0	600	00000000	0	0	0
`;
const zeros = '0'.repeat(32);
const ipv6 = `fe800000000000000000000000000000 40 ${zeros} 00 ${zeros} 00000100 00000001 00000000 00000001     eth1
${zeros} 00 ${zeros} 00 fe80000000000000000000000000000a 00000400 00000002 00000000 00000003     eth2
${zeros} 00 ${zeros} 00 ${zeros} ffffffff 00000001 00000000 00200200       lo
`;

describe('readDefaultRoutes', () => {
  it('returns the default routes in the order of the tables, IPv4 first', async () => {
    const { files } = createMemoryHost({ files: { '/proc/net/route': ipv4, '/proc/net/ipv6_route': ipv6 } });
    expect(await readDefaultRoutes(files)).toEqual([
      { family: 4, interface: 'eth1' },
      { family: 4, interface: 'wlan0' },
      { family: 6, interface: 'eth2' },
    ]);
  });

  it('does without the table of IPv6', async () => {
    const { files } = createMemoryHost({ files: { '/proc/net/route': ipv4 } });
    expect(await readDefaultRoutes(files)).toHaveLength(2);
  });

  it('tells that a machine shows no routing tables', async () => {
    const { files } = createMemoryHost({ files: { '/proc/net/ipv6_route': ipv6 } });
    expect(await readDefaultRoutes(files)).toBeUndefined();
  });

  it('returns nothing when there is no default route', async () => {
    const { files } = createMemoryHost({ files: { '/proc/net/route': ipv4.slice(0, ipv4.indexOf('\n')) } });
    expect(await readDefaultRoutes(files)).toEqual([]);
  });
});
