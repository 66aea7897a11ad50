import { fakeClock, type FakeClock } from 'phaserunner/testing';
import { describe, expect, it } from 'vitest';
import { lockOf } from './lock.cases.ts';
import { createMemoryRunLocks } from './memory.ts';
import type { RunLock, RunLocks } from './port.ts';
import { waitForLock, type LockRequest } from './take.ts';

const first = { command: 'kubephase init --config=/a.yaml', startedAtMs: Date.UTC(2026, 0, 1) };

interface Scene {
  readonly locks: RunLocks;
  readonly held: RunLock;
  readonly clock: FakeClock;
  readonly told: string[];
  readonly abort: AbortController;
  readonly wait: (request?: Partial<LockRequest>) => Promise<RunLock>;
}

/** A run that waits for one that is at work. */
async function scene(): Promise<Scene> {
  const locks = createMemoryRunLocks({}, 4711);
  const held = lockOf(await locks.attempt(first));
  const [clock, abort, told] = [fakeClock(), new AbortController(), [] as string[]];
  const usual = { claim: { command: 'second', startedAtMs: 1 }, waitMs: 60_000, canWait: true, signal: abort.signal, clock };
  return {
    locks,
    held,
    clock,
    told,
    abort,
    wait: (request) => waitForLock(locks, { ...first, pid: 4711 }, { ...usual, tell: (text) => void told.push(text), ...request }),
  };
}

const holder = 'process 4711, started 2026-01-01 00:00:00 UTC: kubephase init --config=/a.yaml';

describe('a run that finds another one at work', () => {
  it('fails at once when it was not told to wait, with what is known of the other', async () => {
    const { wait, told } = await scene();
    await expect(wait({ waitMs: 0 })).rejects.toMatchObject({
      problem: {
        code: 'RUN_LOCKED',
        summary: 'another run is at work on this machine',
        detail: holder,
        remedy: 'Run again when it has ended, or end it (kill -INT 4711). To have this command wait for it: --wait-for-lock=10m.',
      },
    });
    expect(told).toEqual([]);
  });

  it('names the root folder, and no flag that the command does not take', async () => {
    const { wait } = await scene();
    await expect(wait({ waitMs: 0, canWait: false, rootfs: '/image' })).rejects.toMatchObject({
      problem: { summary: 'another run is at work on /image', remedy: 'Run again when it has ended, or end it (kill -INT 4711).' },
    });
  });

  it('says so when the other one does not answer', async () => {
    const { locks } = await scene();
    const request = { claim: first, waitMs: 0, canWait: false, signal: new AbortController().signal, tell: () => undefined };
    await expect(waitForLock(locks, { pid: 5 }, request)).rejects.toMatchObject({
      problem: { detail: 'process 5, which does not answer' },
    });
    await expect(waitForLock(locks, {}, request)).rejects.toMatchObject({
      problem: { detail: 'process unknown, which does not answer', remedy: 'Run again when it has ended.' },
    });
  });

  it('says what it waits for, and gets the lock when the other ends', async () => {
    const { wait, held, clock, told, locks } = await scene();
    const waiting = wait();
    await clock.advance(6000);
    held.release();
    await clock.advance(1000);
    const lock = await waiting;
    expect(told).toEqual([
      `waiting up to 60 s for the end of another run: ${holder}`,
      `still waiting for the end of another run: ${holder}`,
    ]);
    expect((await locks.attempt(first)).taken).toBe(false);
    lock.release();
  });

  it('ends at its deadline', async () => {
    const { wait, clock } = await scene();
    const waiting = expect(wait({ waitMs: 10_000 })).rejects.toMatchObject({
      problem: { code: 'RUN_LOCKED', detail: `Still after 10 s: ${holder}` },
    });
    await clock.advance(10_000);
    await waiting;
  });

  it('can be interrupted', async () => {
    const { wait, clock, abort, held, locks } = await scene();
    const waiting = expect(wait()).rejects.toThrow('interrupted by SIGINT');
    await clock.advance(1000);
    abort.abort(new Error('interrupted by SIGINT'));
    await clock.advance(1000);
    await waiting;
    held.release();
    expect((await locks.attempt(first)).taken).toBe(true);
  });
});
