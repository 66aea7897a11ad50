/** Private keys made ahead of time: RSA keys of a run are generated side by side while other work goes on. */
import type { KeyObject } from 'node:crypto';
import type { EncryptionAlgorithm } from '../../config/types.ts';
import { generateKey } from './generate.ts';

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
