/** Goes through the phases of a run in order, until the end or until one does not succeed. */
import type { PhaseOutcome } from './events.ts';
import { cleanUp, runStep, type PhaseEnd } from './phase-run.ts';
import type { CleanupReason } from './phase.ts';
import type { Problem } from './problems.ts';
import type { Run, RunResult } from './run-options.ts';
import type { Running } from './tries.ts';
import type { FlatPhase } from './tree.ts';

/** A phase with work of its own on the way of a run. */
export interface Step<C> {
  readonly place: FlatPhase<C>;
  /** Why it does not belong to this run; absent when it runs. */
  readonly skip?: string;
}

/** The result of a run, before its time is taken. */
export type Ended = Omit<RunResult, 'durationMs'>;

/** What is known when a run is cancelled. */
interface Cancelled {
  readonly outcomes: readonly PhaseOutcome[];
  /** The phase that was running. */
  readonly during?: string;
  readonly cause?: unknown;
  readonly remaining: readonly string[];
}

/** Runs the phases of `steps`. Never rejects because of a phase. */
export async function walk<C>(run: Run<C>, steps: readonly Step<C>[]): Promise<Ended> {
  const outcomes: PhaseOutcome[] = [];
  /** Phases whose work succeeded and that want to clean up after their children. */
  const cleaners = new Map<string, Running<C>>();
  const total = steps.filter(({ skip }) => skip === undefined).length;
  let index = 0;
  for (const [position, { place, skip }] of steps.entries()) {
    if (run.signal?.aborted === true) {
      await cleanUpAbove(cleaners, place, 'cancelled');
      return cancelled({ outcomes, remaining: remainingFrom(steps, position) });
    }
    if (skip !== undefined) {
      run.emit({ type: 'phase-skip', path: place.path, because: 'membership', reason: skip });
      outcomes.push({ path: place.path, status: 'skipped', durationMs: 0, attempts: 0, reason: skip });
      continue;
    }
    index += 1;
    const end = await runStep(run, { place, index, total });
    outcomes.push(end.outcome);
    if (end.failure !== undefined) {
      await cleanUpAbove(cleaners, place, end.failure.reason);
      return stopped(end, { outcomes, remaining: remainingFrom(steps, position + 1) });
    }
    if (end.outcome.status === 'succeeded' && place.phase.cleanup !== undefined) cleaners.set(place.path, end.running);
  }
  return { status: 'succeeded', phases: outcomes, remaining: [] };
}

/** The result of a run that was cancelled. */
export function cancelled({ outcomes, during, cause, remaining }: Cancelled): Ended {
  const done = outcomes.filter(({ status }) => status === 'succeeded').map(({ path }) => path);
  const next = during ?? remaining[0];
  const started = outcomes.length > 0;
  const problem: Problem = {
    code: 'RUN_CANCELLED',
    summary: during === undefined ? 'the run was cancelled' : `the run was cancelled during ${during}`,
    detail: done.length === 0 ? 'no phase is done' : `done: ${done.join(', ')}`,
    remedy: started && next !== undefined ? `go on with --from ${next}` : 'run the same command again',
    ...(during === undefined ? {} : { where: { phase: during } }),
    ...(cause === undefined ? {} : { cause }),
  };
  const resume = started && next !== undefined ? { resumeFrom: next } : {};
  return { status: 'cancelled', phases: outcomes, remaining, ...resume, problems: [problem] };
}

function stopped<C>({ outcome, failure }: PhaseEnd<C>, { outcomes, remaining }: Pick<Cancelled, 'outcomes' | 'remaining'>): Ended {
  if (failure?.reason === 'cancelled') {
    return cancelled({ outcomes, remaining, during: outcome.path, ...(failure.cause === undefined ? {} : { cause: failure.cause }) });
  }
  return { status: 'failed', phases: outcomes, remaining, resumeFrom: outcome.path, problems: failure?.problems ?? [] };
}

/** Innermost first. A phase that is not among `cleaners` left nothing behind in this run. */
async function cleanUpAbove<C>(cleaners: ReadonlyMap<string, Running<C>>, place: FlatPhase<C>, reason: CleanupReason): Promise<void> {
  for (let { parent } = place; parent !== undefined; parent = parentOf(parent)) {
    const running = cleaners.get(parent);
    if (running !== undefined) await cleanUp(running, reason);
  }
}

function parentOf(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : path.slice(0, slash);
}

function remainingFrom<C>(steps: readonly Step<C>[], position: number): readonly string[] {
  return steps.slice(position).flatMap(({ place, skip }) => (skip === undefined ? [place.path] : []));
}
