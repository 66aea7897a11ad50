/** Reads the kernel's routing tables for default routes. */
import type { DefaultRoute } from '../port.ts';

const allZeros = '0'.repeat(32);

/**
 * Default routes in /proc/net/route: lines with the destination 0, the interface in the first column. Mask and gateway do not count.
 * @see proc_net(5)
 */
export function parseIpv4Routes(text: string): readonly DefaultRoute[] {
  return rows(text).flatMap(([name, destination]) =>
    name !== undefined && destination === '00000000' ? [{ family: 4, interface: name }] : [],
  );
}

/**
 * Default routes in /proc/net/ipv6_route: lines with the destination 0 and a next hop, the interface in the last of ten columns.
 * Without a next hop a line only says that everything else is unreachable.
 */
export function parseIpv6Routes(text: string): readonly DefaultRoute[] {
  return rows(text).flatMap((row) => {
    const name = row[9];
    return name !== undefined && row[0] === allZeros && row[4] !== allZeros ? [{ family: 6, interface: name }] : [];
  });
}

function rows(text: string): readonly (readonly string[])[] {
  return text.split('\n').map((line) => line.trim().split(/\s+/));
}
