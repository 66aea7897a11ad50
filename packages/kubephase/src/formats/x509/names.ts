/** Distinguished names and subject alternative names: whom a certificate speaks for. */
import { contextPrimitive, membersOf, readObjectIdentifier, readString, Tag, type Element } from '../der/read.ts';
import { directoryString, element, objectIdentifier, sequence, setOf } from '../der/write.ts';
import { canonicalIp, ipBytes } from '../net/address.ts';

/** @see RFC 5280, 4.1.2.4 and appendix A.1 */
const attributeOids = { commonName: '2.5.4.3', organization: '2.5.4.10' } as const;

/** Who a certificate speaks for, or who signed it. */
export interface DistinguishedName {
  /** First common name; empty when there is none. */
  readonly commonName: string;
  /** In encoded order. */
  readonly organizations: readonly string[];
  /** The whole name in DER, for comparing and copying. */
  readonly der: Uint8Array;
}

/** Returns a name in DER: all organizations as one multi-valued part, when there are any, then the common name. */
export function encodeName(commonName: string, organizations: readonly string[]): Uint8Array {
  const common = setOf([attribute(attributeOids.commonName, commonName)]);
  if (organizations.length === 0) return sequence(common);
  return sequence(setOf(organizations.map((value) => attribute(attributeOids.organization, value))), common);
}

/** @throws ProblemError `PKI_UNDECODABLE` */
export function parseName(name: Element | undefined): DistinguishedName {
  const attributes = membersOf(name).flatMap((part) => membersOf(part, Tag.set).map(parseAttribute));
  const valuesOf = (oid: string): readonly string[] => attributes.filter(([type]) => type === oid).map(([, value]) => value);
  return {
    commonName: valuesOf(attributeOids.commonName)[0] ?? '',
    organizations: valuesOf(attributeOids.organization),
    der: name?.bytes ?? new Uint8Array(),
  };
}

function attribute(oid: string, value: string): Uint8Array {
  return sequence(objectIdentifier(oid), directoryString(value));
}

function parseAttribute(found: Element): readonly [oid: string, value: string] {
  const [type, value] = membersOf(found);
  return [readObjectIdentifier(type), value === undefined ? '' : readString(value)];
}

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
