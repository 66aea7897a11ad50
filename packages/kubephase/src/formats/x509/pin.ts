/** The pin of a certificate's public key, by which `join` recognises the cluster. */
import { createHash } from 'node:crypto';
import type { Certificate } from './certificate.ts';

/** `sha256:` and 64 hex digits over the SubjectPublicKeyInfo. @see RFC 7469 */
export function publicKeyPin(certificate: Certificate): string {
  return `sha256:${createHash('sha256').update(certificate.publicKey).digest('hex')}`;
}
