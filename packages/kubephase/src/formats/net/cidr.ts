/** CIDR ranges: parsing and the address at an index. */
import { Address4, Address6 } from 'ip-address';
import { canonicalIp, ipFamily, type IpFamily } from './address.ts';

export interface Cidr {
  readonly family: IpFamily;
  /** First address of the range as a number. */
  readonly base: bigint;
  readonly prefixLength: number;
}

/** Returns the range, host bits masked off, or undefined when `text` is not `address/length`. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const address = canonicalIp(match?.[1] ?? '');
  if (match === null || address === undefined) return undefined;
  const family = ipFamily(address);
  const bits = family === 4 ? 32 : 128;
  const prefixLength = Number(match[2]);
  if (prefixLength > bits) return undefined;
  const value = family === 4 ? new Address4(address).bigInt() : new Address6(address).bigInt();
  const hostBits = BigInt(bits - prefixLength);
  return { family, base: (value >> hostBits) << hostBits, prefixLength };
}

/** Number of addresses in the range. */
export function addressCount(cidr: Cidr): bigint {
  return 1n << BigInt((cidr.family === 4 ? 32 : 128) - cidr.prefixLength);
}

/**
 * Returns the address at `index`, counted from the first address of the range (index 0), or undefined when the
 * range has no such address.
 * @see RFC 4632
 */
export function addressAt(cidr: Cidr, index: number): string | undefined {
  if (index < 0 || BigInt(index) >= addressCount(cidr)) return undefined;
  const value = cidr.base + BigInt(index);
  return cidr.family === 4 ? Address4.fromBigInt(value).correctForm() : Address6.fromBigInt(value).correctForm();
}

/** Canonical text such as `10.96.0.0/12`. */
export function formatCidr(cidr: Cidr): string {
  return `${addressAt(cidr, 0)}/${cidr.prefixLength}`;
}

/** Whether the two ranges share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  if (a.family !== b.family) return false;
  const hostBits = BigInt((a.family === 4 ? 32 : 128) - Math.min(a.prefixLength, b.prefixLength));
  return a.base >> hostBits === b.base >> hostBits;
}

/** Whether `address` lies in `range`; false when either cannot be parsed. */
export function isInCidr(address: string, range: string): boolean {
  const outer = parseCidr(range);
  const inner = parseCidr(`${address}/${address.includes(':') ? 128 : 32}`);
  return outer !== undefined && inner !== undefined && overlaps(outer, inner);
}
