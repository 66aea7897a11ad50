/** IP addresses in the canonical text of Kubernetes (IPv4-mapped IPv6 is IPv4, IPv6 is compressed and lower case), their ranges, and who can reach them. */
import { Address4, Address6 } from 'ip-address';
import { isIP } from 'node:net';

export type IpFamily = 4 | 6;

const leadingZeros = /^\d{1,3}(\.\d{1,3}){3}$/;

/**
 * Returns the canonical text of `text`, or undefined when it is not an IP address. Leading zeros in IPv4 are
 * decimal, as kubeadm reads them; zones (`%eth0`) and brackets are refused.
 */
export function canonicalIp(text: string): string | undefined {
  const plain = leadingZeros.test(text) ? stripLeadingZeros(text) : text;
  if (plain.includes('%')) return undefined;
  const family = isIP(plain);
  if (family === 0) return undefined;
  if (family === 4) return new Address4(plain).correctForm();
  const address = new Address6(plain);
  return isMapped(address) ? address.to4().correctForm() : address.correctForm();
}

/** Family of an address that `canonicalIp` accepts. */
export function ipFamily(address: string): IpFamily {
  return address.includes(':') ? 6 : 4;
}

/** `host:port`, with brackets round an IPv6 host. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Host for a URL: brackets round IPv6. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Bytes of an address, 4 or 16, as certificates hold them. */
export function ipBytes(address: string): Uint8Array {
  if (ipFamily(address) === 4) return Uint8Array.from(new Address4(address).toArray());
  return Uint8Array.from(new Address6(address).toUnsignedByteArray()).slice(-16);
}

function stripLeadingZeros(text: string): string {
  return text
    .split('.')
    .map((part) => String(Number.parseInt(part, 10)))
    .join('.');
}

function isMapped(address: Address6): boolean {
  return address.isInSubnet(new Address6('::ffff:0:0/96'));
}

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
