/** Verifies that a certificate leads, over intermediates, to a certificate authority. */
import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { Certificate } from './certificate.ts';

interface Chain {
  readonly leaf: Certificate;
  /** From the leaf's file; order does not matter. */
  readonly intermediates: readonly Certificate[];
  readonly authority: Certificate;
  readonly atMs: number;
}

/**
 * True when valid signatures lead from the leaf to the authority. Key usages do not count; intermediates do only in
 * their period. The periods of leaf and authority are the caller's to judge.
 */
export function leadsToAuthority({ leaf, intermediates, authority, atMs }: Chain): boolean {
  const usable = intermediates.filter((certificate) => certificate.isAuthority && isInPeriod(certificate, atMs));
  return leads(leaf, authority, usable);
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

function leads(from: Certificate, authority: Certificate, intermediates: readonly Certificate[]): boolean {
  if (isSignedBy(from, authority)) return true;
  return intermediates.some((next) => {
    const others = intermediates.filter((other) => other !== next);
    return isSignedBy(from, next) && leads(next, authority, others);
  });
}

function isSignedBy(certificate: Certificate, signer: Certificate): boolean {
  if (!signer.isAuthority || Buffer.compare(certificate.issuer.der, signer.subject.der) !== 0) return false;
  const publicKey = createPublicKey({ key: Buffer.from(signer.publicKey), format: 'der', type: 'spki' });
  return new X509Certificate(certificate.der).verify(publicKey);
}
