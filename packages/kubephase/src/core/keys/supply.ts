/** Private keys made ahead of time: RSA keys of a run are generated side by side while other work goes on. */
import type { KeyObject } from 'node:crypto';
import type { EncryptionAlgorithm } from '../../config/types.ts';

export interface KeySupply {
  /** Starts to make the key for `owner` (any unique word, such as a phase path). Calling it again does nothing. */
  reserve(owner: string, algorithm: EncryptionAlgorithm): void;
  /** The key for `owner`; made now when it was not reserved. Each key is given out once. */
  take(owner: string, algorithm: EncryptionAlgorithm): Promise<KeyObject>;
}
