/** Addresses and ports of a local etcd. */
import { ipFamily } from '../../formats/net/address.ts';

export const etcdClientPort = 2379;
export const etcdPeerPort = 2380;
export const etcdMetricsPort = 2381;

/** Loopback address of the family of the advertise address. */
export function localAddress(advertiseAddress: string): '127.0.0.1' | '::1' {
  return ipFamily(advertiseAddress) === 6 ? '::1' : '127.0.0.1';
}
