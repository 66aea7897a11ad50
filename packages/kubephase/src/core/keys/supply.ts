/** Private keys made ahead of time: RSA keys of a run are generated side by side while other work goes on. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { EncryptionAlgorithm } from '../../config/types.ts';

export interface KeySupply {
  /** Starts to make the key for `owner` (any unique word, such as a phase path). Calling it again does nothing. */
  reserve(owner: string, algorithm: EncryptionAlgorithm): void;
  /**
   * The key for `owner`; made now when it was not reserved. Each key is given out once. Rejects with the reason of
   * `signal` when that is aborted: a large RSA key takes many seconds and cannot be stopped, only not waited for.
   */
  take(owner: string, algorithm: EncryptionAlgorithm, signal?: AbortSignal): Promise<KeyObject>;
}

/** Returns a supply that makes every reserved key at once. */
export function createKeySupply(): KeySupply {
  const reserved = new Map<string, Promise<KeyObject>>();
  return {
    reserve(owner, algorithm) {
      const name = nameOf(owner, algorithm);
      if (reserved.has(name)) return;
      const key = generateKey(algorithm);
      // A failure is seen by whoever takes the key; until then it must not end the process as unhandled.
      key.catch(() => undefined);
      reserved.set(name, key);
    },
    async take(owner, algorithm, signal) {
      const name = nameOf(owner, algorithm);
      const key = reserved.get(name);
      reserved.delete(name);
      return unlessAborted(key ?? generateKey(algorithm), signal);
    },
  };
}

/** `work`, or the rejection with the reason of `signal`, whichever comes first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  const over = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { signal: over.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}

function nameOf(owner: string, algorithm: EncryptionAlgorithm): string {
  return `${algorithm} ${owner}`;
}

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
