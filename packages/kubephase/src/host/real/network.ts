/** Names, interfaces, routes and sockets of this machine. */
import { readdirSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { isSystemError, type Tree } from '../files/disk.ts';
import { createFiles } from '../files/files.ts';
import { findPlace } from '../files/place.ts';
import type { DefaultRoute, Files, Network, NetworkInterface } from '../port.ts';
import { createLookUp } from './look-up.ts';
import { findListener, findPortFault } from './tcp-port.ts';

/** A local socket answers in far less; a stuck one must not hold up the run. */
const connectTimeoutMs = 1000;

/** Bits of /sys/class/net/NAME/flags. @see linux/if.h */
const flagBits = { up: 0x1, loopback: 0x8, pointToPoint: 0x10 } as const;

/** Interfaces, routes and ports are always those of the machine; sockets and the files about host names are looked for in `tree`. */
export function createRealNetwork(tree: Tree): Network {
  const files = createFiles({ disk: tree.disk, root: '' });
  return {
    hostName: hostname,
    interfaces: readInterfaces,
    defaultRoutes: () => readDefaultRoutes(files),
    acceptsConnections: async (path) => connects(findPlace(tree.disk, tree.root, path).path),
    portFault: findPortFault,
    listener: async (port) => findListener(port),
    lookUp: createLookUp(createFiles(tree)),
  };
}

/** Exported for its test: the tables are whatever `files` holds. */
export async function readDefaultRoutes(files: Pick<Files, 'readText'>): ReturnType<Network['defaultRoutes']> {
  const ipv4 = await files.readText('/proc/net/route');
  if (ipv4 === undefined) return undefined;
  const ipv6 = await files.readText('/proc/net/ipv6_route');
  return [...parseIpv4Routes(ipv4), ...parseIpv6Routes(ipv6 ?? '')];
}

function readInterfaces(): readonly NetworkInterface[] {
  const addresses = readAddresses();
  return [...new Set([...addresses.keys(), ...listInterfaceNames()])].map((name) => {
    const found = addresses.get(name);
    const flags = readFlags(name);
    return {
      name,
      up: flags === undefined ? found !== undefined : (flags & flagBits.up) !== 0,
      loopback: flags === undefined ? found?.internal === true : (flags & flagBits.loopback) !== 0,
      pointToPoint: flags !== undefined && (flags & flagBits.pointToPoint) !== 0,
      addresses: found?.addresses ?? [],
    };
  });
}

/** Addresses by interface. A label such as `eth0:1` is an address of `eth0`. */
function readAddresses(): Map<string, { readonly internal: boolean; readonly addresses: readonly string[] }> {
  const found = new Map<string, { internal: boolean; addresses: string[] }>();
  for (const [label, entries] of Object.entries(networkInterfaces())) {
    const name = label.replace(/:.*$/, '');
    for (const { address, internal } of entries ?? []) {
      const known = found.get(name) ?? { internal, addresses: [] };
      found.set(name, { internal, addresses: [...known.addresses, address.replace(/%.*$/, '')] });
    }
  }
  return found;
}

/** Interfaces without addresses are listed only here. */
function listInterfaceNames(): readonly string[] {
  return unlessAbsent(() => readdirSync('/sys/class/net')) ?? [];
}

function readFlags(name: string): number | undefined {
  const text = unlessAbsent(() => readFileSync(`/sys/class/net/${name}/flags`, 'utf8'));
  return text === undefined ? undefined : Number.parseInt(text, 16);
}

/** /sys is not mounted everywhere, and an interface may vanish at any time. */
function unlessAbsent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

async function connects(path: string): Promise<boolean> {
  const { createConnection } = await import('node:net');
  return new Promise((resolve) => {
    const socket = createConnection({ path });
    const finish = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(connectTimeoutMs, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

const allZeros = '0'.repeat(32);

/**
 * Default routes in /proc/net/route: lines with the destination 0, the interface in the first column. Mask and gateway do not count.
 * @see proc_net(5)
 */
function parseIpv4Routes(text: string): readonly DefaultRoute[] {
  return rows(text).flatMap(([name, destination]) =>
    name !== undefined && destination === '00000000' ? [{ family: 4, interface: name }] : [],
  );
}

/**
 * Default routes in /proc/net/ipv6_route: lines with the destination 0 and a next hop, the interface in the last of ten columns.
 * Without a next hop a line only says that everything else is unreachable.
 */
function parseIpv6Routes(text: string): readonly DefaultRoute[] {
  return rows(text).flatMap((row) => {
    const name = row[9];
    return name !== undefined && row[0] === allZeros && row[4] !== allZeros ? [{ family: 6, interface: name }] : [];
  });
}

function rows(text: string): readonly (readonly string[])[] {
  return text.split('\n').map((line) => line.trim().split(/\s+/));
}
