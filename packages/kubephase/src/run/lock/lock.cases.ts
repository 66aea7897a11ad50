/** What every lock has to do. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Attempt, RunLock, RunLocks } from './port.ts';

export interface LocksUnderTest {
  /** The lock of a tree that nobody else knows, as one process after the other opens it. */
  readonly open: () => RunLocks;
  readonly dispose?: () => void;
}

/** Who comes first in every case. */
const first = { command: 'kubephase init', startedAtMs: 1_767_225_600_000 };
const second = { command: 'kubephase init phase certs', startedAtMs: 1_767_225_601_000 };

export function lockOf(attempt: Attempt): RunLock {
  if (!attempt.taken) throw new Error('the lock is taken');
  return attempt.lock;
}

/** Runs all cases on the locks that `make` makes. */
export function lockCases(name: string, make: () => LocksUnderTest): void {
  describe(name, () => {
    const disposals: (() => void)[] = [];
    afterEach(() => {
      for (const dispose of disposals.splice(0)) dispose();
    });
    const tree = (): (() => RunLocks) => {
      const { open, dispose } = make();
      if (dispose !== undefined) disposals.push(dispose);
      return open;
    };

    it('lets one run in and tells the next one about it', async () => {
      const open = tree();
      const lock = lockOf(await open().attempt(first));
      expect(await open().attempt(second)).toMatchObject({ taken: false, holder: { ...first, pid: expect.any(Number) as number } });
      lock.release();
    });

    it('lets the next one in when the first has ended', async () => {
      const open = tree();
      lockOf(await open().attempt(first)).release();
      const lock = lockOf(await open().attempt(second));
      expect(await open().attempt(first)).toMatchObject({ taken: false, holder: second });
      lock.release();
    });

    it('is not taken from the next one by releasing it twice', async () => {
      const open = tree();
      const old = lockOf(await open().attempt(first));
      old.release();
      const lock = lockOf(await open().attempt(second));
      old.release();
      expect((await open().attempt(first)).taken).toBe(false);
      lock.release();
    });

    it('lets exactly one of ten in that come at once, and tells the others which', async () => {
      const open = tree();
      const attempts = await Promise.all(
        Array.from({ length: 10 }, (_, index) => open().attempt({ command: `run ${index}`, startedAtMs: index })),
      );
      const winners = attempts.filter(({ taken }) => taken);
      const told = new Set(attempts.flatMap((attempt) => (attempt.taken ? [] : [attempt.holder.command])));
      expect([winners.length, [...told]]).toEqual([1, [`run ${attempts.findIndex(({ taken }) => taken)}`]]);
      for (const winner of winners) lockOf(winner).release();
    });

    it('of one tree is not that of another', async () => {
      const [one, other] = [tree()(), tree()()];
      const locks = [lockOf(await one.attempt(first)), lockOf(await other.attempt(first))];
      for (const lock of locks) lock.release();
    });
  });
}
