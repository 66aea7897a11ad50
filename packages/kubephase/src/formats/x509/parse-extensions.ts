/** Reads the extensions of a certificate that matter here; others are skipped. */
import { expectTag, membersOf, readBitString, readBoolean, readElement, readObjectIdentifier, type Element } from '../der/read.ts';
import { contextPrimitive, Tag } from '../der/tags.ts';
import { parseAltNames, type AltNames } from './alt-names.ts';
import { extendedKeyUsageOids, extensionOids, keyUsageBits, type ExtendedKeyUsage, type KeyUsage } from './oids.ts';

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

function valueByOid(extension: Element): readonly [string, Element] {
  const parts = membersOf(extension);
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
