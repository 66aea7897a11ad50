/** How the values of Secret `kubeadm-certs` are encrypted: AES-256-GCM, the nonce in front. */
import { createCipheriv } from 'node:crypto';

/** Bytes of a nonce. */
export const nonceLength = 12;

/**
 * Returns nonce, ciphertext and the 16 bytes of the tag, one after the other.
 * @param key 32 bytes
 * @param nonce 12 bytes that were never used with this key
 * @see NIST SP 800-38D
 */
export function encrypt(key: Uint8Array, plaintext: Uint8Array, nonce: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}
