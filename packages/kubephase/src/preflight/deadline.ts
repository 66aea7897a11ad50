/** Ends a preflight check that takes too long, so that it does not hold up the others. */
import type { Check, Finding } from './check.ts';

/** What every context has. */
export interface Stoppable {
  readonly signal: AbortSignal;
}

const usualTimeoutMs = 30_000;

/**
 * Runs `check` with a signal of its own. When its time is over the signal is aborted, and its finding is that it did not end: it is not
 * waited for any longer, whether it listens or not.
 * @throws what the check throws; the reason of `context.signal`
 */
export function withDeadline<C extends Stoppable>(check: Check<C>, context: C): Promise<readonly Finding[]> {
  const { timeoutMs = usualTimeoutMs } = check;
  const stop = new AbortController();
  return new Promise((resolve, reject) => {
    const onStop = (): void => settle(() => reject(context.signal.reason), context.signal.reason);
    const onTimeout = (): void => settle(() => resolve([overdue(timeoutMs)]), new Error('the time of the check is over'));
    const timer = Number.isFinite(timeoutMs) ? setTimeout(onTimeout, timeoutMs) : undefined;
    const settle = (end: () => void, abort?: unknown): void => {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', onStop);
      end();
      if (abort !== undefined) stop.abort(abort);
    };
    if (context.signal.aborted) return onStop();
    context.signal.addEventListener('abort', onStop, { once: true });
    startOf(check, { ...context, signal: stop.signal }).then(
      (findings) => settle(() => resolve(findings)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}

/** A check that throws at once fails like one that rejects later. */
async function startOf<C>(check: Check<C>, context: C): Promise<readonly Finding[]> {
  return check.run(context);
}

function overdue(timeoutMs: number): Finding {
  return {
    summary: `the check did not end within ${timeoutMs / 1000} s`,
    remedy: 'See whether something that it asks, such as a program, a name server or a file system, does not answer.',
  };
}
