/** Waits for something to happen: every wait has a name, a deadline and a reason. */
import { isProblemError, systemClock, type Clock, type Location, type Problem } from 'phaserunner';
import { formatDuration } from 'phaserunner/render';
import { failure } from '../problems/catalogue.ts';

/** How a wait is going. */
export interface Waiting {
  /** What is waited for, as the end of "waiting for …". */
  readonly name: string;
  /** Why it has not happened yet, from the last look. */
  readonly missing: string;
  readonly elapsedMs: number;
  readonly deadlineMs: number;
  /** What the last look failed with, when it failed. */
  readonly cause?: unknown;
}

interface Wait {
  /** What is waited for, as the end of "waiting for …", such as `the kubelet to become healthy`. */
  readonly name: string;
  /** Longest duration in all. */
  readonly deadlineMs: number;
  /**
   * Milliseconds of the wait so far that do not count for the deadline, because something else had to come first. They only
   * grow. Default 0.
   */
  readonly notCountedMs?: () => number;
  /** Pause between two looks. */
  readonly intervalMs: number;
  /** First pause; each one after it is longer by half, up to `intervalMs`. Default: `intervalMs`. */
  readonly firstIntervalMs?: number;
  /** Whether it is about to happen, by the last look: then the next pause is as long as the first one. Default: never. */
  readonly isNear?: () => boolean;
  /** Lengthens or shortens each pause by up to this part of it, so that many machines do not ask in step. Default 0. */
  readonly spread?: number;
  /**
   * Looks once. Answers what is still missing, or undefined when it has happened. A `ProblemError` counts as "not yet"
   * unless it `isFinal`; any other error ends the wait. A look has to end by itself: it is not interrupted at the deadline.
   * @param remainingMs until the deadline
   */
  readonly probe: (remainingMs: number) => Promise<string | undefined>;
  /** Whether a problem of a look can never go away by waiting: it ends the wait at once. Default: none. */
  readonly isFinal?: (problem: Problem) => boolean;
  /** Told every few seconds what is missing. */
  readonly onWaiting?: (waiting: Waiting) => void;
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Makes the error for the deadline. Default: `WAIT_TIMED_OUT`. */
  readonly timedOut?: (waiting: Waiting) => Error;
  /** For the default error. */
  readonly where?: Location;
  /** For the default error. */
  readonly remedy?: string;
}

/** How often somebody who waits is told why. */
export const reportIntervalMs = 5000;

const pauseGrowth = 1.5;

/**
 * Looks at once and then at every interval until the probe finds nothing missing. Returns the milliseconds waited.
 * @throws ProblemError `WAIT_TIMED_OUT` with the last reason and the time waited, or what `timedOut` makes
 */
export async function waitFor(wait: Wait): Promise<number> {
  const { clock = systemClock, signal, deadlineMs, notCountedMs = () => 0 } = wait;
  const startMs = clock.now();
  const remainingMs = (): number => startMs + notCountedMs() + deadlineMs - clock.now();
  const nextPauseMs = paceOf(wait);
  const report = reportTo(wait.onWaiting);
  for (;;) {
    signal?.throwIfAborted();
    const outcome = await probeOnce(wait, remainingMs());
    const elapsedMs = clock.now() - startMs;
    if (outcome === undefined) return elapsedMs;
    const waiting: Waiting = { name: wait.name, ...outcome, elapsedMs, deadlineMs };
    if (remainingMs() <= 0) throw (wait.timedOut ?? timedOut(wait))(waiting);
    report(waiting);
    // The last look is at the deadline itself.
    await clock.sleep(Math.min(nextPauseMs(), remainingMs()), signal);
  }
}

/** Returns one pause after the other. */
function paceOf({ intervalMs, firstIntervalMs = intervalMs, spread = 0, isNear = () => false }: Wait): () => number {
  let meanMs = firstIntervalMs;
  return () => {
    if (isNear()) meanMs = firstIntervalMs;
    const pauseMs = meanMs * (1 + spread * (2 * Math.random() - 1));
    meanMs = Math.min(meanMs * pauseGrowth, intervalMs);
    return pauseMs;
  };
}

/** Passes on how the wait is going, but not at every look. */
function reportTo(onWaiting: Wait['onWaiting']): (waiting: Waiting) => void {
  let reportedMs = 0;
  return (waiting) => {
    if (waiting.elapsedMs - reportedMs < reportIntervalMs) return;
    reportedMs = waiting.elapsedMs;
    onWaiting?.(waiting);
  };
}

async function probeOnce({ probe, isFinal }: Wait, remainingMs: number): Promise<Pick<Waiting, 'missing' | 'cause'> | undefined> {
  try {
    const missing = await probe(remainingMs);
    return missing === undefined ? undefined : { missing };
  } catch (error) {
    if (!isProblemError(error) || isFinal?.(error.problem) === true) throw error;
    return { missing: describe(error), cause: error };
  }
}

function describe(error: { readonly problem: { readonly summary: string; readonly detail?: string } }): string {
  const { summary, detail } = error.problem;
  return detail === undefined ? summary : `${summary}: ${detail}`;
}

function timedOut({ where, remedy }: Wait): (waiting: Waiting) => Error {
  return ({ name, missing, elapsedMs, cause }) =>
    failure('WAIT_TIMED_OUT', {
      summary: `waited ${formatDuration(elapsedMs)} in vain for ${name}`,
      detail: missing,
      ...(remedy === undefined ? {} : { remedy }),
      ...(where === undefined ? {} : { where }),
      ...(cause === undefined ? {} : { cause }),
    });
}
