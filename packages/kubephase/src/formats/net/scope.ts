/** What kind of address an IP address is, as far as it decides who can reach it. */
import { isInCidr } from './cidr.ts';

const loopback = ['127.0.0.0/8', '::1/128'];
const notGlobal = ['0.0.0.0/32', '::/128', '255.255.255.255/32', '169.254.0.0/16', 'fe80::/10', '224.0.0.0/4', 'ff00::/8'];

/** `0.0.0.0` or `::`. Takes canonical text, like the functions below. */
export function isUnspecified(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

export function isLoopback(address: string): boolean {
  return loopback.some((range) => isInCidr(address, range));
}

/** Not unspecified, loopback, multicast, link-local or broadcast. Private ranges count as global. */
export function isGlobalUnicast(address: string): boolean {
  return !isLoopback(address) && !notGlobal.some((range) => isInCidr(address, range));
}
