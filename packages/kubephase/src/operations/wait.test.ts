import type { Clock } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { failure } from '../problems/catalogue.ts';
import { waitFor, type Waiting } from './wait.ts';

/** A clock whose waits are over at once. */
function quickClock(): Clock & { readonly waits: number[] } {
  let nowMs = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => nowMs,
    sleep: async (ms) => {
      waits.push(ms);
      nowMs += ms;
    },
  };
}

const usual = { name: 'the kubelet to become healthy', deadlineMs: 2000, intervalMs: 500 };

describe('waitFor', () => {
  it('looks at once and does not wait when nothing is missing', async () => {
    const clock = quickClock();
    expect(await waitFor({ ...usual, clock, probe: async () => undefined })).toBe(0);
    expect(clock.waits).toEqual([]);
  });

  it('returns the time waited', async () => {
    const clock = quickClock();
    const answers = ['status 503', 'status 503', undefined];
    expect(await waitFor({ ...usual, clock, probe: async () => answers.shift() })).toBe(1000);
  });

  it('looks again soon when it is about to happen', async () => {
    const clock = quickClock();
    const answers = ['absent', 'absent', 'absent', 'nearly', 'nearly', undefined];
    let near = false;
    await waitFor({
      ...usual,
      firstIntervalMs: 100,
      clock,
      isNear: () => near,
      probe: async () => {
        const answer = answers.shift();
        near = answer === 'nearly';
        return answer;
      },
    });
    expect(clock.waits).toEqual([100, 150, 225, 100, 100]);
  });

  it('ends at once with a problem that waiting cannot mend', async () => {
    const clock = quickClock();
    const broken = failure('KUBECONFIG_INVALID', { summary: 'it is empty' });
    const waiting = waitFor({ ...usual, clock, probe: () => Promise.reject(broken), isFinal: ({ code }) => code === 'KUBECONFIG_INVALID' });
    await expect(waiting).rejects.toBe(broken);
    expect(clock.waits).toEqual([]);
  });

  it('looks a last time at the deadline and then tells the last reason', async () => {
    let looks = 0;
    const waiting = waitFor({
      ...usual,
      clock: quickClock(),
      probe: async () => `status ${(looks += 1)}`,
      remedy: 'Look.',
      where: { object: 'kubelet' },
    });
    await expect(waiting).rejects.toMatchObject({
      problem: {
        code: 'WAIT_TIMED_OUT',
        summary: 'waited 2.0s in vain for the kubelet to become healthy',
        detail: 'status 5',
        remedy: 'Look.',
        where: { object: 'kubelet' },
      },
    });
    expect(looks).toBe(5);
  });

  it('counts a problem as "not yet" and keeps it as the cause', async () => {
    const refused = failure('HEALTH_UNREACHABLE', { summary: 'no answer', detail: 'connection refused' });
    const waiting = waitFor({ ...usual, clock: quickClock(), probe: () => Promise.reject(refused) });
    await expect(waiting).rejects.toMatchObject({ problem: { detail: 'no answer: connection refused', cause: refused } });
  });

  it('ends at once on an error that is not a problem', async () => {
    const clock = quickClock();
    const waiting = waitFor({ ...usual, clock, probe: () => Promise.reject(new TypeError('broken')) });
    await expect(waiting).rejects.toThrow('broken');
    expect(clock.waits).toEqual([]);
  });

  it('tells every five seconds what is missing', async () => {
    const told: Waiting[] = [];
    const waiting = waitFor({
      ...usual,
      deadlineMs: 12_000,
      clock: quickClock(),
      probe: async () => 'status 503',
      onWaiting: (state) => told.push(state),
    });
    await expect(waiting).rejects.toThrow('waited 12.0s');
    expect(told.map(({ elapsedMs, missing }) => [elapsedMs, missing])).toEqual([
      [5000, 'status 503'],
      [10_000, 'status 503'],
    ]);
  });

  it('begins with short pauses where that is asked for', async () => {
    const clock = quickClock();
    const waiting = waitFor({ ...usual, firstIntervalMs: 100, clock, probe: async () => 'no' });
    await expect(waiting).rejects.toThrow('waited 2.0s');
    expect(clock.waits.map(Math.round)).toEqual([100, 150, 225, 338, 500, 500, 188]);
  });

  it('does not count time in which something else had to come first', async () => {
    const clock = quickClock();
    const remaining: number[] = [];
    const probe = async (remainingMs: number): Promise<string> => {
      remaining.push(remainingMs);
      return 'no';
    };
    const waiting = waitFor({ ...usual, clock, probe, notCountedMs: () => Math.min(clock.now(), 1000) });
    await expect(waiting).rejects.toThrow('waited 3.0s');
    expect(remaining).toEqual([2000, 2000, 2000, 1500, 1000, 500, 0]);
  });

  it('spreads its pauses around the interval', async () => {
    const clock = quickClock();
    await expect(waitFor({ ...usual, deadlineMs: 60_000, spread: 0.1, clock, probe: async () => 'no' })).rejects.toThrow('in vain');
    // The last one ends at the deadline.
    const waits = clock.waits.slice(0, -1);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(450);
    expect(Math.max(...waits)).toBeLessThanOrEqual(550);
    expect(new Set(waits).size).toBeGreaterThan(1);
  });

  it('ends with the reason of the signal', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped by the user');
    const clock: Clock = { now: () => 0, sleep: async () => stop.abort(reason) };
    await expect(waitFor({ ...usual, clock, signal: stop.signal, probe: async () => 'no' })).rejects.toBe(reason);
  });

  it('fails with the error that the caller makes for the deadline', async () => {
    const own = new Error('own');
    await expect(waitFor({ ...usual, clock: quickClock(), probe: async () => 'no', timedOut: () => own })).rejects.toBe(own);
  });
});
