/** Distinguished names: who a certificate speaks for, or who signed it. */
import { membersOf, readObjectIdentifier, readString, type Element } from '../der/read.ts';
import { Tag } from '../der/tags.ts';
import { directoryString, objectIdentifier, sequence, setOf } from '../der/write.ts';
import { attributeOids } from './oids.ts';

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
