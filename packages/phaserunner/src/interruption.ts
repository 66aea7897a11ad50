/** Ends the waiting for work that was cancelled or that took too long. */
import type { Clock } from './clock.ts';

/** Why work was interrupted. */
export type InterruptionReason = 'cancelled' | 'timed-out';

/** How the waiting for a piece of work ended. */
export type Ending<T> = { readonly type: 'done'; readonly value: T } | BadEnding;

/** How work ended that did not come to its end, or not well. */
export type BadEnding =
  | { readonly type: 'failed'; readonly error: unknown }
  | {
      readonly type: InterruptionReason;
      /** What the work threw after it was asked to stop, if it threw. */
      readonly error?: unknown;
      /** True when the work had not stopped within the grace period, so that it may still be going on. */
      readonly abandoned: boolean;
    };

/** What may interrupt a piece of work. */
export interface Limits {
  readonly clock: Clock;
  /** Cancels from outside. */
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  /** How long work that was asked to stop is waited for. */
  readonly graceMs: number;
}

/** Work that may look at a signal; undefined when nothing can interrupt it. */
export type Work<T> = (signal: AbortSignal | undefined) => T | Promise<T>;

/**
 * Starts `work` and waits for it within `limits`. Never rejects. Work that ends after it was interrupted counts as
 * interrupted, even if it ends well: only the work knows whether it stopped half-way.
 */
export async function settle<T>(work: Work<T>, limits: Limits): Promise<Ending<T>> {
  const { signal, timeoutMs } = limits;
  if (signal === undefined && timeoutMs === undefined) return await endingOf(work, undefined);
  const interruption = watch(limits);
  try {
    const ending = endingOf(work, interruption.signal);
    const first = await Promise.race([ending, interruption.fired]);
    const reason = interruption.reason();
    if (reason === undefined) return first ?? (await ending);
    const last = first ?? (await withinGrace(ending, limits));
    return { type: reason, abandoned: last === undefined, ...(last?.type === 'failed' ? { error: last.error } : {}) };
  } finally {
    interruption.close();
  }
}

async function endingOf<T>(work: Work<T>, signal: AbortSignal | undefined): Promise<Ending<T>> {
  try {
    return { type: 'done', value: await work(signal) };
  } catch (error) {
    return { type: 'failed', error };
  }
}

/** Returns the ending, or undefined when it does not come in time. */
async function withinGrace<T>(ending: Promise<Ending<T>>, { clock, graceMs }: Limits): Promise<Ending<T> | undefined> {
  const stop = new AbortController();
  const last = await Promise.race([ending, clock.sleep(graceMs, stop.signal).then(() => undefined)]);
  stop.abort();
  return last;
}

interface Interruption {
  /** For the work: aborted by either reason. */
  readonly signal: AbortSignal | undefined;
  /** Resolves when a reason occurs. */
  readonly fired: Promise<undefined>;
  reason(): InterruptionReason | undefined;
  /** Ends the watching. */
  close(): void;
}

function watch({ signal, timeoutMs, clock }: Limits): Interruption {
  // Without a timeout the outer signal serves the work directly.
  const own = timeoutMs === undefined ? undefined : new AbortController();
  const timer = timeoutMs === undefined ? undefined : new AbortController();
  let reason: InterruptionReason | undefined;
  let resolveFired: (value: undefined) => void;
  const fired = new Promise<undefined>((resolve) => {
    resolveFired = resolve;
  });
  const fire = (why: InterruptionReason, cause: unknown): void => {
    if (reason !== undefined) return;
    reason = why;
    resolveFired(undefined);
    own?.abort(cause);
  };
  const onAbort = (): void => fire('cancelled', signal?.reason);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort);
  const keepTime = async (ms: number, stop: AbortSignal): Promise<void> => {
    await clock.sleep(ms, stop);
    if (!stop.aborted) fire('timed-out', new DOMException('the time for this phase is over', 'TimeoutError'));
  };
  if (timeoutMs !== undefined && timer !== undefined) void keepTime(timeoutMs, timer.signal);
  return {
    signal: own?.signal ?? signal,
    fired,
    reason: () => reason,
    close: () => {
      signal?.removeEventListener('abort', onAbort);
      timer?.abort();
    },
  };
}
