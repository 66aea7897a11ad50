/** Verifies that a certificate leads, over intermediates, to a certificate authority. */
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.ts';

export interface Chain {
  readonly leaf: Certificate;
  /** From the leaf's file; order does not matter. */
  readonly intermediates: readonly Certificate[];
  readonly authority: Certificate;
  readonly atMs: number;
}

/** What stands in the way; `certificate` is the one to blame. */
export type ChainFault =
  | { readonly reason: 'not-signed'; readonly certificate: Certificate }
  | { readonly reason: 'outside-period'; readonly certificate: Certificate };

/** Returns what breaks the chain from the leaf to the authority, or undefined when it holds. Key usages do not count. */
export function chainFault({ leaf, intermediates, authority, atMs }: Chain): ChainFault | undefined {
  const late = [leaf, authority].find((certificate) => !isInPeriod(certificate, atMs));
  const usable = intermediates.filter((certificate) => certificate.isAuthority && isInPeriod(certificate, atMs));
  if (!leadsTo(leaf, authority, usable)) return { reason: 'not-signed', certificate: leaf };
  return late === undefined ? undefined : { reason: 'outside-period', certificate: late };
}

/** True from the first to the last second of the certificate. */
export function isInPeriod(certificate: Certificate, atMs: number): boolean {
  return atMs >= certificate.notBeforeMs && atMs < certificate.notAfterMs + 1000;
}

/** True when `key`, private or public, belongs to the certificate. */
export function belongsTo(certificate: Certificate, key: KeyObject): boolean {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return Buffer.compare(publicKey.export({ type: 'spki', format: 'der' }), certificate.publicKey) === 0;
}

function leadsTo(from: Certificate, authority: Certificate, intermediates: readonly Certificate[]): boolean {
  if (isSignedBy(from, authority)) return true;
  return intermediates.some(
    (next) =>
      isSignedBy(from, next) &&
      leadsTo(
        next,
        authority,
        intermediates.filter((other) => other !== next),
      ),
  );
}

function isSignedBy(certificate: Certificate, signer: Certificate): boolean {
  if (!signer.isAuthority || Buffer.compare(certificate.issuer.der, signer.subject.der) !== 0) return false;
  const publicKey = createPublicKey({ key: Buffer.from(signer.publicKey), format: 'der', type: 'spki' });
  return new X509Certificate(certificate.der).verify(publicKey);
}
