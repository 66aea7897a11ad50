/** Subject alternative names: DNS names and IP addresses. */
import { membersOf, type Element } from '../der/read.ts';
import { contextPrimitive } from '../der/tags.ts';
import { element, sequence } from '../der/write.ts';
import { canonicalIp, ipBytes } from '../net/address.ts';

export interface AltNames {
  readonly dnsNames: readonly string[];
  /** Canonical text. */
  readonly ipAddresses: readonly string[];
}

const dnsName = contextPrimitive(2);
const ipAddress = contextPrimitive(7);

/** Returns the value of the extension: all DNS names, then all addresses, each in the order given. */
export function encodeAltNames(names: AltNames): Uint8Array {
  return sequence(
    ...names.dnsNames.map((name) => element(dnsName, Buffer.from(name, 'latin1'))),
    ...names.ipAddresses.map((address) => element(ipAddress, ipBytes(address))),
  );
}

/** Other kinds of names, such as e-mail addresses, are left out. */
export function parseAltNames(value: Element): AltNames {
  const names = membersOf(value);
  return {
    dnsNames: names.filter(({ tag }) => tag === dnsName).map(({ content }) => Buffer.from(content).toString('latin1')),
    ipAddresses: names.filter(({ tag }) => tag === ipAddress).flatMap(({ content }) => addressText(content) ?? []),
  };
}

function addressText(bytes: Uint8Array): string | undefined {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Buffer.from(bytes).toString('hex').match(/.{4}/g) ?? [];
  return canonicalIp(groups.join(':'));
}
