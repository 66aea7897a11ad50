/** Time as the runner uses it, so that tests need not wait. */

/** A source of time. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. Never goes back within a process. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when `signal` is aborted. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The longest wait that a timer of the platform can hold; longer ones would end at once. */
export const longestWaitMs = 2_147_483_647;

/** The clock of the machine. Setting the machine's time during a run does not change durations. */
export const systemClock: Clock = Object.freeze({
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal?.aborted === true) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, longestWaitMs));
      signal?.addEventListener('abort', done);
    }),
});
