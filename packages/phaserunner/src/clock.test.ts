import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';
import { fakeClock } from './testing/fake-clock.ts';

describe('the clock of the machine', () => {
  it('shows the time since 1970 and never goes back', () => {
    const first = systemClock.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(first);
    expect(new Date(first).getUTCFullYear()).toBeGreaterThanOrEqual(2025);
  });

  it('ends a wait when its signal is aborted, before or during it', async () => {
    const controller = new AbortController();
    const waiting = systemClock.sleep(2 ** 40, controller.signal);
    controller.abort();
    await waiting;
    await systemClock.sleep(2 ** 40, controller.signal);
  });

  it('ends a wait by itself', async () => {
    await expect(systemClock.sleep(0)).resolves.toBeUndefined();
  });
});

describe('the clock of a test', () => {
  it('ends waits in order, those that begin on the way included', async () => {
    const clock = fakeClock(1000);
    const log: string[] = [];
    const wait = async (name: string, ...times: readonly number[]): Promise<void> => {
      for (const ms of times) {
        await clock.sleep(ms);
        log.push(`${name} at ${clock.now()}`);
      }
    };
    const all = Promise.all([wait('a', 30, 30), wait('b', 40), wait('c', 500)]);
    await clock.advance(100);
    expect(log).toEqual(['a at 1030', 'b at 1040', 'a at 1060']);
    expect([clock.now(), clock.waiting()]).toEqual([1100, 1]);
    await clock.advance(1000);
    await all;
  });

  it('ends a wait when its signal is aborted', async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const waiting = clock.sleep(10, controller.signal);
    controller.abort();
    await waiting;
    await clock.sleep(10, controller.signal);
    expect([clock.now(), clock.waiting()]).toEqual([0, 0]);
  });
});
