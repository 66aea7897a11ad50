/** The extensions of certificates: writes them in the order and form that kubeadm gives them, reads those that matter here. */
import { createHash } from 'node:crypto';
import {
  contextPrimitive,
  expectTag,
  membersOf,
  readBitString,
  readBoolean,
  readElement,
  readObjectIdentifier,
  Tag,
  type Element,
} from '../der/read.ts';
import { bitString, boolean, element, objectIdentifier, octetString, sequence } from '../der/write.ts';
import { encodeAltNames, parseAltNames, type AltNames } from './names.ts';

/** @see RFC 5280 */
const extensionOids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;

const extendedKeyUsageOids = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;

/** What a certificate's key may be used for in TLS. */
export type ExtendedKeyUsage = keyof typeof extendedKeyUsageOids;

/** Bit numbers of the key usages. */
const keyUsageBits = {
  digitalSignature: 0,
  contentCommitment: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const;

type KeyUsage = keyof typeof keyUsageBits;

/** Extensions of a certificate authority: no limit on the length of chains, no revocation lists. */
export function authorityExtensions(subjectKeyId: Uint8Array, names: AltNames): readonly Uint8Array[] {
  return [
    keyUsage(['digitalSignature', 'keyEncipherment', 'keyCertSign']),
    extension(extensionOids.basicConstraints, sequence(boolean(true)), 'critical'),
    extension(extensionOids.subjectKeyIdentifier, octetString(subjectKeyId)),
    extension(extensionOids.subjectAltName, encodeAltNames(names)),
  ];
}

interface LeafExtensions {
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
  /** Of the signer; the extension is left out when the signer's certificate has none. */
  readonly authorityKeyId: Uint8Array | undefined;
  readonly names: AltNames;
}

export function leafExtensions({ extendedKeyUsages, authorityKeyId, names }: LeafExtensions): readonly Uint8Array[] {
  const hasNames = names.dnsNames.length + names.ipAddresses.length > 0;
  return [
    // Also for EC keys, which cannot encipher: clients have got it so for years.
    keyUsage(['digitalSignature', 'keyEncipherment']),
    extension(extensionOids.extendedKeyUsage, sequence(...extendedKeyUsages.map((usage) => objectIdentifier(extendedKeyUsageOids[usage])))),
    extension(extensionOids.basicConstraints, sequence(), 'critical'),
    ...(authorityKeyId === undefined
      ? []
      : [extension(extensionOids.authorityKeyIdentifier, sequence(element(contextPrimitive(0), authorityKeyId)))]),
    ...(hasNames ? [extension(extensionOids.subjectAltName, encodeAltNames(names))] : []),
  ];
}

/** First 20 bytes of SHA-256 over the bits of the public key. @see RFC 7093, method 1 */
export function keyIdentifier(subjectPublicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(subjectPublicKey).digest().subarray(0, 20);
}

function keyUsage(usages: readonly KeyUsage[]): Uint8Array {
  const bits = usages.map((usage) => keyUsageBits[usage]);
  const byte = bits.reduce<number>((sum, bit) => sum | (0x80 >> bit), 0);
  return extension(extensionOids.keyUsage, bitString(Uint8Array.of(byte), 7 - Math.max(...bits)), 'critical');
}

function extension(oid: string, value: Uint8Array, critical?: 'critical'): Uint8Array {
  return sequence(objectIdentifier(oid), ...(critical === undefined ? [] : [boolean(true)]), octetString(value));
}

export interface ParsedExtensions {
  /** True when the certificate may sign others. */
  readonly isAuthority: boolean;
  /** Undefined when the certificate does not restrict them. */
  readonly keyUsages: readonly KeyUsage[] | undefined;
  /** In encoded order; usages other than these two are left out. */
  readonly extendedKeyUsages: readonly ExtendedKeyUsage[];
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: Uint8Array | undefined;
  readonly names: AltNames;
}

export function parseExtensions(extensions: readonly Element[]): ParsedExtensions {
  const values = new Map(extensions.map(valueByOid));
  const get = <T>(oid: string, parse: (value: Element) => T): T | undefined => {
    const value = values.get(oid);
    return value === undefined ? undefined : parse(value);
  };
  return {
    isAuthority: get(extensionOids.basicConstraints, parseIsAuthority) ?? false,
    keyUsages: get(extensionOids.keyUsage, parseKeyUsages),
    extendedKeyUsages: get(extensionOids.extendedKeyUsage, parseExtendedKeyUsages) ?? [],
    subjectKeyIdentifier: get(extensionOids.subjectKeyIdentifier, (value) => expectTag(value, Tag.octetString).content),
    authorityKeyIdentifier: get(extensionOids.authorityKeyIdentifier, parseAuthorityKeyId),
    names: get(extensionOids.subjectAltName, parseAltNames) ?? { dnsNames: [], ipAddresses: [] },
  };
}

function valueByOid(found: Element): readonly [string, Element] {
  const parts = membersOf(found);
  return [readObjectIdentifier(parts[0]), readElement(expectTag(parts.at(-1), Tag.octetString).content)];
}

function parseIsAuthority(value: Element): boolean {
  const [first] = membersOf(value);
  return first?.tag === Tag.boolean && readBoolean(first);
}

function parseKeyUsages(value: Element): readonly KeyUsage[] {
  const [byte = 0] = readBitString(value);
  return (Object.keys(keyUsageBits) as KeyUsage[]).filter((usage) => (byte & (0x80 >> keyUsageBits[usage])) !== 0);
}

function parseExtendedKeyUsages(value: Element): readonly ExtendedKeyUsage[] {
  const known = Object.keys(extendedKeyUsageOids) as ExtendedKeyUsage[];
  const oids = membersOf(value).map(readObjectIdentifier);
  return oids.flatMap((oid) => known.find((usage) => extendedKeyUsageOids[usage] === oid) ?? []);
}

function parseAuthorityKeyId(value: Element): Uint8Array | undefined {
  return membersOf(value).find(({ tag }) => tag === contextPrimitive(0))?.content;
}
