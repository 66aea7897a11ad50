/** Reads certificates from DER and PEM into plain data. */
import { createHash } from 'node:crypto';
import { failure } from '../../problems/catalogue.ts';
import { contextConstructed, expectTag, membersOf, readElement, readInteger, readTime, type Element } from '../der/read.ts';
import { readPem, writePem } from '../pem.ts';
import { parseExtensions, type ParsedExtensions } from './extensions.ts';
import { parseName, type AltNames, type DistinguishedName } from './names.ts';

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

const label = 'CERTIFICATE';

/**
 * Returns the certificates in `text`: the first is the one that the file is about, the others are intermediates.
 * Blocks of other kinds, and blocks with headers, are skipped.
 * @throws ProblemError `PKI_UNDECODABLE` when there is no certificate, or one that cannot be decoded
 */
export function readCertificates(text: string): readonly [Certificate, ...(readonly Certificate[])] {
  const blocks = readPem(text).filter((block) => block.label === label && Object.keys(block.headers).length === 0);
  const [first, ...rest] = blocks.map(({ content }) => parseCertificate(content));
  if (first === undefined) throw failure('PKI_UNDECODABLE', { summary: `there is no PEM block ${label}` });
  return [first, ...rest];
}

/** Returns a certificate in PEM. */
export function writeCertificate(der: Uint8Array): string {
  return writePem(label, der);
}

/** The pin of a public key, by which `join` recognises the cluster: `sha256:` and 64 hex digits over the SubjectPublicKeyInfo. @see RFC 7469 */
export function publicKeyPin(certificate: Certificate): string {
  return `sha256:${createHash('sha256').update(certificate.publicKey).digest('hex')}`;
}
