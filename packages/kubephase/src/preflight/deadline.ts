/** Ends a preflight check that takes too long, so that it does not hold up the others. */
import type { Check, Finding } from './check.ts';

/** What every context has. */
export interface Stoppable {
  readonly signal: AbortSignal;
}

const usualTimeoutMs = 30_000;

/**
 * Runs `check` with the signal of `stop`. When its time is over `stop` is aborted, and its finding is that it did not end: it is not
 * waited for any longer, whether it listens or not.
 * @throws what the check throws; the reason of `stop` when somebody else aborts it
 */
export function withDeadline<C extends Stoppable>(check: Check<C>, context: C, stop: AbortController): Promise<readonly Finding[]> {
  const { timeoutMs = usualTimeoutMs } = check;
  return new Promise<readonly Finding[]>((resolve, reject) => {
    const onTimeout = (): void => {
      resolve([overdue(timeoutMs)]);
      stop.abort(new Error('the time of the check is over'));
    };
    const timer = Number.isFinite(timeoutMs) ? setTimeout(onTimeout, timeoutMs) : undefined;
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(stop.signal.reason);
    };
    stop.signal.addEventListener('abort', onAbort, { once: true });
    void startOf(check, { ...context, signal: stop.signal })
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
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
