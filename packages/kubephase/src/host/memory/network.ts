/** A network in memory: interfaces, routes, ports in use and the names that it knows. */
import { isIP } from 'node:net';
import { failure } from '../../problems/catalogue.ts';
import type { DefaultRoute, ListeningProcess, Network, NetworkInterface } from '../port.ts';

export interface MemoryNetworkOptions {
  /** Default `memory`. */
  readonly hostName?: string;
  /** Absent: the machine shows no routing tables. */
  readonly routes?: readonly DefaultRoute[];
  readonly interfaces?: readonly NetworkInterface[];
  /** Paths of Unix sockets that accept connections. */
  readonly sockets?: readonly string[];
  /** TCP ports in use, each with the process that listens there or `hidden` when it cannot be seen. */
  readonly listeners?: Readonly<Record<number, ListeningProcess | 'hidden'>>;
  /** Addresses by host name. Default: only the machine's own name. */
  readonly names?: Readonly<Record<string, readonly string[]>>;
}

export function createMemoryNetwork(options: MemoryNetworkOptions): Network {
  const hostName = options.hostName ?? 'memory';
  const names = options.names ?? { [hostName]: ['127.0.1.1'] };
  return {
    hostName: () => hostName,
    interfaces: () => options.interfaces ?? [],
    defaultRoutes: async () => options.routes,
    acceptsConnections: async (path) => options.sockets?.includes(path) === true,
    portFault: async (port) => (options.listeners?.[port] === undefined ? undefined : 'EADDRINUSE'),
    listener: async (port) => {
      const listener = options.listeners?.[port];
      return listener === 'hidden' ? undefined : listener;
    },
    lookUp: async (name) => {
      const addresses = isIP(name) === 0 ? (names[name] ?? []) : [name];
      if (addresses.length > 0) return addresses;
      throw failure('NAME_NOT_FOUND', {
        summary: `the name ${name} cannot be resolved`,
        detail: 'the machine in memory does not know it',
        where: { object: `host ${name}` },
      });
    },
  };
}
