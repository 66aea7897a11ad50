/** A phase that is being run, and what is said when it does not succeed. */
import type { BadEnding } from './interruption.ts';
import type { CleanupReason } from './phase.ts';
import { problemsOf, type Problem } from './problems.ts';
import type { Run } from './run-options.ts';
import type { RunningTask } from './task.ts';
import type { FlatPhase } from './tree.ts';

/** A phase to run, with its place among those that run. */
export interface Step<C> {
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
