/** Makes private keys. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { EncryptionAlgorithm } from '../../config/types.ts';

const generate = promisify(generateKeyPair);

const makers: Readonly<Record<EncryptionAlgorithm, () => Promise<{ readonly privateKey: KeyObject }>>> = {
  'RSA-2048': () => generateRsa(2048),
  'RSA-3072': () => generateRsa(3072),
  'RSA-4096': () => generateRsa(4096),
  'ECDSA-P256': () => generate('ec', { namedCurve: 'P-256' }),
  'ECDSA-P384': () => generate('ec', { namedCurve: 'P-384' }),
};

/** Returns a new private key. The work is done beside the main thread, so several keys are made at once. */
export async function generateKey(algorithm: EncryptionAlgorithm): Promise<KeyObject> {
  return (await makers[algorithm]()).privateKey;
}

function generateRsa(modulusLength: number): Promise<{ readonly privateKey: KeyObject }> {
  return generate('rsa', { modulusLength, publicExponent: 65_537 });
}
