/** The machine that defaults look at, and the one that stands in when there is none. */
import { randomBytes } from 'node:crypto';
import type { Files, Host, Network, NetworkInterface } from '../../host/port.ts';
import type { Reporter } from '../findings.ts';

/** What is looked at of the machine. Nothing is ever written. */
export interface Machine extends Pick<Host, 'randomBytes' | 'now'> {
  readonly network: Pick<Network, 'hostName' | 'interfaces' | 'defaultRoutes' | 'acceptsConnections'>;
  readonly files: Pick<Files, 'status'>;
}

export interface Tools {
  readonly host: Machine;
  readonly reporter: Reporter;
}

/** What printed defaults show where a real value belongs to a machine or is a secret. */
export const placeholders = {
  token: 'abcdef.0123456789abcdef',
  advertiseAddress: '1.2.3.4',
  nodeName: 'node',
  apiServerEndpoint: 'kube-apiserver:6443',
} as const;

const networkInterface = (name: string, loopback: boolean): NetworkInterface => ({
  name,
  loopback,
  up: true,
  pointToPoint: false,
  addresses: [placeholders.advertiseAddress],
});

/** Has the node name and the address of printed defaults, no container runtime, and every file that is asked for. */
export const standInMachine: Machine = {
  network: {
    hostName: () => placeholders.nodeName,
    interfaces: () => [networkInterface('lo', true), networkInterface('eth0', false)],
    defaultRoutes: async () => [{ family: 4, interface: 'eth0' }],
    acceptsConnections: async () => false,
  },
  randomBytes: (length) => randomBytes(length),
  now: () => Date.now(),
  files: { status: async () => ({ type: 'file', mode: 0o600, owner: { uid: 0, gid: 0 }, size: 0 }) },
};
