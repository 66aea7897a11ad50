/** IP addresses in the canonical text of Kubernetes: IPv4-mapped IPv6 is IPv4, IPv6 is compressed and lower case. */
import { isIP } from 'node:net';
import { Address4, Address6 } from 'ip-address';

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
