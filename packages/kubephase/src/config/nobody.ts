/** A machine that stands in when a configuration is looked at without one. */
import { randomBytes } from 'node:crypto';
import type { NetworkInterface } from '../host/port.ts';
import type { Machine } from './defaults/tools.ts';
import { placeholders } from './placeholders.ts';

const network = (name: string, loopback: boolean): NetworkInterface => ({
  name,
  loopback,
  up: true,
  pointToPoint: false,
  addresses: [placeholders.advertiseAddress],
});

/** Has the node name and the address of printed defaults, no container runtime, and every file that is asked for. */
export const machineOfNobody: Machine = {
  network: {
    hostName: () => placeholders.nodeName,
    interfaces: () => [network('lo', true), network('eth0', false)],
    defaultRoutes: async () => [{ family: 4, interface: 'eth0' }],
    acceptsConnections: async () => false,
  },
  randomBytes: (length) => randomBytes(length),
  files: { status: async () => ({ type: 'file', mode: 0o600, owner: { uid: 0, gid: 0 }, size: 0 }) },
};
