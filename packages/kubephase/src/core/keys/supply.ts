/** Private keys made ahead of time: RSA keys of a run are generated side by side, from the moment in which the first one is needed. */
import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { EncryptionAlgorithm } from '../../config/types.ts';

export interface KeySupply {
  /**
   * Says that the key for `owner` (any unique word, such as a phase path) will be taken. Nothing is made yet: a run that its preflight
   * checks refuse would have worked for seconds in vain, and the process would not end before that. Calling it again does nothing.
   */
  reserve(owner: string, algorithm: EncryptionAlgorithm): void;
  /**
   * The key for `owner`, reserved or not; the first call starts to make all keys that are reserved. Each key is given out once. Rejects with the reason of
   * `signal` when that is aborted: a large RSA key takes many seconds and cannot be stopped, only not waited for.
   */
  take(owner: string, algorithm: EncryptionAlgorithm, signal?: AbortSignal): Promise<KeyObject>;
}

/** Returns a supply that makes the reserved keys side by side. @param make replaced in tests */
export function createKeySupply(make = generateKey): KeySupply {
  const reserved = new Map<string, EncryptionAlgorithm>();
  const started = new Map<string, Promise<KeyObject>>();
  const startAll = (): void => {
    for (const [name, algorithm] of reserved) {
      const key = make(algorithm);
      // A failure is seen by whoever takes the key; until then it must not end the process as unhandled.
      key.catch(() => undefined);
      started.set(name, key);
    }
    reserved.clear();
  };
  return {
    reserve(owner, algorithm) {
      const name = nameOf(owner, algorithm);
      if (!started.has(name)) reserved.set(name, algorithm);
    },
    async take(owner, algorithm, signal) {
      startAll();
      const name = nameOf(owner, algorithm);
      const key = started.get(name);
      started.delete(name);
      return unlessAborted(key ?? make(algorithm), signal);
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
