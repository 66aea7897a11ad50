/** A clock that stands still until a test moves it. */
import type { Clock } from '../clock.ts';

/** A clock under the control of a test. */
export interface FakeClock extends Clock {
  /**
   * Moves the time on by `ms`, ending every wait that falls into it in order. Before each step what is already going
   * on gets the chance to go as far as it can without the clock.
   */
  advance(ms: number): Promise<void>;
  /** How many waits are going on. */
  waiting(): number;
}

interface Wait {
  readonly endMs: number;
  readonly end: () => void;
}

/** Returns a clock that shows `startMs`, by default 0. */
export function fakeClock(startMs = 0): FakeClock {
  const waits = new Set<Wait>();
  let nowMs = startMs;

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const wait = {
        endMs: nowMs + ms,
        end: () => {
          waits.delete(wait);
          signal?.removeEventListener('abort', wait.end);
          resolve();
        },
      };
      waits.add(wait);
      signal?.addEventListener('abort', wait.end);
    });

  const advance = async (ms: number): Promise<void> => {
    const untilMs = nowMs + ms;
    await letWorkGoOn();
    for (let wait = firstWait(waits, untilMs); wait !== undefined; wait = firstWait(waits, untilMs)) {
      nowMs = wait.endMs;
      wait.end();
      await letWorkGoOn();
    }
    nowMs = untilMs;
  };

  return { now: () => nowMs, sleep, advance, waiting: () => waits.size };
}

function firstWait(waits: ReadonlySet<Wait>, untilMs: number): Wait | undefined {
  return [...waits].filter(({ endMs }) => endMs <= untilMs).sort((a, b) => a.endMs - b.endMs)[0];
}

/** One turn of the event loop: all promise reactions that are due have run afterwards. */
function letWorkGoOn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
