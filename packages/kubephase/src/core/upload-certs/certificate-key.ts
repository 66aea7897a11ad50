/** The key that encrypts uploaded certificates: the configured one, or one made once for the run. */
import type { InitConfig } from '../../config/types.ts';

const keyLength = 32;

/** Keys made by this process, by the configuration that they belong to: every phase of a run sees the same one. */
const made = new WeakMap<object, string>();

/** Returns a new key as 64 lower-case hex digits. `randomBytes` is a cryptographic generator. */
export function newCertificateKey(randomBytes: (length: number) => Uint8Array): string {
  return Buffer.from(randomBytes(keyLength)).toString('hex');
}

/**
 * Returns the key of the run as 64 lower-case hex digits.
 * @param randomBytes returns that many bytes from a cryptographic generator
 */
export function certificateKeyOf(config: Pick<InitConfig, 'certificateKey'>, randomBytes: (length: number) => Uint8Array): string {
  if (config.certificateKey !== undefined) return config.certificateKey;
  const known = made.get(config) ?? newCertificateKey(randomBytes);
  made.set(config, known);
  return known;
}
