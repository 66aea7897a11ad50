/** Locks for tests and embedding: all that are made with one register exclude each other. */
import type { Holder, RunLocks } from './port.ts';

/** Who is at work on one tree. */
export interface LockRegister {
  holder?: Holder;
}

/** @param pid told as that of the process */
export function createMemoryRunLocks(register: LockRegister = {}, pid = 1): RunLocks {
  return {
    attempt: async (claim) => {
      if (register.holder !== undefined) return { taken: false, holder: register.holder };
      const own: Holder = { ...claim, pid };
      register.holder = own;
      return {
        taken: true,
        lock: {
          release: () => {
            if (register.holder === own) delete register.holder;
          },
        },
      };
    },
  };
}
