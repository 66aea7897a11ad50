/** Writes keys as PEM: private RSA keys in PKCS#1, private EC keys in SEC 1, public keys as SubjectPublicKeyInfo. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { writePem } from '../../formats/pem.ts';

/** Returns a private RSA or EC key in PEM. */
export function privateKeyPem(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return writePem('RSA PRIVATE KEY', key.export({ type: 'pkcs1', format: 'der' }));
  return writePem('EC PRIVATE KEY', key.export({ type: 'sec1', format: 'der' }));
}

/** Returns the public half of a private key in PEM. */
export function publicKeyPem(privateKey: KeyObject): string {
  return writePem('PUBLIC KEY', createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
}
