/** Reads a certificate into plain data. */
import { expectTag, membersOf, readElement, readInteger, readTime, type Element } from '../der/read.ts';
import { contextConstructed } from '../der/tags.ts';
import type { AltNames } from './alt-names.ts';
import { parseExtensions, type ParsedExtensions } from './parse-extensions.ts';
import { parseName, type DistinguishedName } from './name.ts';

export interface Certificate extends ParsedExtensions {
  readonly der: Uint8Array;
  readonly serialNumber: bigint;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  /** Milliseconds since 1970-01-01T00:00:00Z, like the next. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** SubjectPublicKeyInfo in DER. */
  readonly publicKey: Uint8Array;
  readonly names: AltNames;
}

/** @throws ProblemError `PKI_UNDECODABLE` */
export function parseCertificate(der: Uint8Array): Certificate {
  const [content] = membersOf(readElement(der));
  const fields = membersOf(content);
  const hasVersion = fields[0]?.tag === contextConstructed(0);
  const [serial, , issuer, validity, subject, publicKey, ...rest] = hasVersion ? fields.slice(1) : fields;
  const [notBefore, notAfter] = membersOf(validity);
  return {
    der,
    serialNumber: readInteger(serial),
    issuer: parseName(issuer),
    subject: parseName(subject),
    notBeforeMs: readTime(notBefore),
    notAfterMs: readTime(notAfter),
    publicKey: expectTag(publicKey, 0x30).bytes,
    ...parseExtensions(extensionList(rest)),
  };
}

function extensionList(optional: readonly Element[]): readonly Element[] {
  const wrapper = optional.find(({ tag }) => tag === contextConstructed(3));
  return wrapper === undefined ? [] : membersOf(readElement(wrapper.content));
}
