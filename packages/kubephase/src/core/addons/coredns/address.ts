/** The address of the cluster's DNS. */
import { addressAt, parseCidr } from '../../../formats/net/address.ts';

/** Counted from the first address of the range. */
const position = 10;

/** Returns the tenth address of the first Service network, or undefined when that is no range or too small. */
export function dnsAddress(serviceSubnet: string): string | undefined {
  const cidr = parseCidr(serviceSubnet.split(',')[0] ?? '');
  return cidr === undefined ? undefined : addressAt(cidr, position);
}
