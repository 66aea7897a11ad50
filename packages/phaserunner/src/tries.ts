/** Tries the work of a phase until it succeeds or may not be tried again. */
import { settle, type BadEnding, type Ending } from './interruption.ts';
import type { RetryPolicy } from './phase.ts';
import { ProblemError, problemsOf } from './problems.ts';
import { explain, type Running } from './running.ts';

/** How the last try ended, and how many there were. */
export interface Tried {
  readonly ending: Ending<void>;
  readonly attempts: number;
}

/** Runs the work, again and again as far as its `retry` allows. Never rejects. */
export async function tryRepeatedly<C>(running: Running<C>): Promise<Tried> {
  const { task, place } = running;
  const { retry } = place.phase;
  for (let attempts = 1; ; attempts += 1) {
    task.attempt = attempts;
    const ending = await tryOnce(running);
    if (ending.type === 'done' || retry === undefined || !mayRetry(running, { retry, attempts, ending })) return { ending, attempts };
    if (!(await waitForRetry(running, { retry, attempts, ending }))) {
      return { ending: { type: 'cancelled', abandoned: false, error: ending.error }, attempts };
    }
  }
}

interface FailedTry {
  readonly retry: RetryPolicy;
  readonly attempts: number;
  readonly ending: BadEnding;
}

async function tryOnce<C>({ run, place, task, context }: Running<C>): Promise<Ending<void>> {
  const { run: work, timeoutMs } = place.phase;
  return await settle(
    (signal) => {
      task.useSignal(signal);
      return work?.(context, task);
    },
    { clock: run.clock, signal: run.signal, graceMs: run.graceMs, timeoutMs },
  );
}

function mayRetry<C>(running: Running<C>, { retry, attempts, ending }: FailedTry): boolean {
  if (attempts >= retry.attempts || ending.type === 'cancelled') return false;
  // Work that may still go on is not started a second time beside itself.
  if (ending.type === 'timed-out' && ending.abandoned) return false;
  try {
    return retry.retryable?.(errorOf(running, ending)) ?? true;
  } catch (error) {
    for (const { summary } of problemsOf(error, 'PHASE_FAILED'))
      running.task.warn(`not tried again, because "retryable" failed: ${summary}`);
    return false;
  }
}

/** Announces the next try and waits for its time. Returns false when the run was cancelled meanwhile. */
async function waitForRetry<C>(running: Running<C>, { retry, attempts, ending }: FailedTry): Promise<boolean> {
  const { run, place } = running;
  const delayMs = retry.delayMs * (retry.factor ?? 1) ** (attempts - 1);
  const [problem] = problemsOf(errorOf(running, ending), 'PHASE_FAILED', { phase: place.path });
  run.emit({ type: 'phase-retry', path: place.path, attempt: attempts, attempts: retry.attempts, delayMs, problem });
  await run.clock.sleep(delayMs, run.signal);
  return run.signal?.aborted !== true;
}

function errorOf<C>(running: Running<C>, ending: BadEnding): unknown {
  return ending.type === 'failed' ? ending.error : new ProblemError(explain(running, ending).problems);
}
