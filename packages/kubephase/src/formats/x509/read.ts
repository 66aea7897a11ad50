/** Reads the certificates of a PEM file. */
import { failure } from '../../problems/catalogue.ts';
import { readPem, writePem } from '../pem/pem.ts';
import { parseCertificate, type Certificate } from './certificate.ts';

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
