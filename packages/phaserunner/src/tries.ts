/** A phase that is being run: its work is tried until it succeeds or may not be tried again, and what is said when it does not succeed. */
import { settle, type BadEnding, type Ending } from './interruption.ts';
import type { CleanupReason, RetryPolicy, Task } from './phase.ts';
import { ProblemError, problemsOf, type Problem } from './problems.ts';
import type { Run } from './run-options.ts';
import type { FlatPhase } from './tree.ts';

/** A task whose try can be counted up and whose signal can be replaced between the tries. */
export interface RunningTask extends Task {
  attempt: number;
  /** Sets the signal of the next try; undefined stands for one that is never aborted. */
  useSignal(signal: AbortSignal | undefined): void;
}

/** A phase to run, with its place among those that run. */
export interface NumberedStep<C> {
  readonly place: FlatPhase<C>;
  /** From 1. */
  readonly index: number;
  readonly total: number;
}

/** A phase that is being run. */
export interface Running<C> {
  readonly run: Run<C>;
  readonly place: FlatPhase<C>;
  readonly task: RunningTask;
  /** The view of the context that the phase gets. */
  readonly context: C;
}

/** Why a phase did not succeed. */
export interface PhaseFailure {
  readonly reason: CleanupReason;
  /** What the phase says; empty when it was cancelled. */
  readonly problems: readonly Problem[];
  /** What a cancelled phase threw, if anything. */
  readonly cause?: unknown;
}

/** Puts the ending of a try that did not succeed into words. */
export function explain<C>({ place, run }: Pick<Running<C>, 'place' | 'run'>, ending: BadEnding): PhaseFailure {
  const { path, phase } = place;
  if (ending.type === 'failed') return { reason: 'failed', problems: problemsOf(ending.error, 'PHASE_FAILED', { phase: path }) };
  const cause = ending.error === undefined ? {} : { cause: ending.error };
  if (ending.type === 'cancelled') return { reason: 'cancelled', problems: [], ...cause };
  const problem = {
    code: 'PHASE_TIMED_OUT',
    summary: `phase ${path} took longer than ${seconds(phase.timeoutMs ?? 0)}`,
    ...(ending.abandoned
      ? { detail: `it did not stop within ${seconds(run.graceMs)} after it was asked to; its work may still go on` }
      : {}),
    remedy: `find out what it waited for, then go on with --from ${path}`,
    where: { phase: path },
    ...cause,
  };
  return { reason: 'timed-out', problems: [problem] };
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}

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
