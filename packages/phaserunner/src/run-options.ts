/** What a run is given, what it returns, and what its parts share. */
import { systemClock, type Clock } from './clock.ts';
import { createEmitter, type Emit } from './emit.ts';
import type { Listener, PhaseOutcome, RunStatus } from './events.ts';
import type { FlagValues } from './flags.ts';
import type { Task } from './phase.ts';
import type { Problem } from './problems.ts';
import type { SelectionPart } from './select.ts';

/** A line for the user that belongs to no phase. */
export interface Notice {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** How to run a workflow. */
export interface RunOptions<C> {
  readonly context: C;
  /** Each part restricts further; nothing given means all phases. */
  readonly selection?: readonly SelectionPart[];
  /** Cancels the run: the current phase is asked to stop, nothing more is started. */
  readonly signal?: AbortSignal;
  readonly listeners?: readonly Listener[];
  /** Derives the view of the context that one phase gets in `when`, `run` and `cleanup`. Called once for each phase. */
  readonly scope?: (context: C, task: Task) => C;
  /** Values of the flags that phases bring themselves. */
  readonly flags?: FlagValues;
  /** What the caller found worth telling while it made the context; told when the run starts. */
  readonly notices?: readonly Notice[];
  /** How long a phase that was asked to stop is waited for. Default 5000. */
  readonly graceMs?: number;
  readonly clock?: Clock;
}

/** How a run went. Only phases with work of their own are told. */
export interface RunResult {
  readonly status: RunStatus;
  readonly durationMs: number;
  /** Phases that were reached, in execution order. */
  readonly phases: readonly PhaseOutcome[];
  /** Selected phases that were not reached, in execution order. */
  readonly remaining: readonly string[];
  /** Path from which the run can go on; absent when it succeeded or when nothing was started. */
  readonly resumeFrom?: string;
  /** Set unless the run succeeded. */
  readonly problems?: readonly Problem[];
}

/** Options with their defaults, and the one emitter of the run. */
export interface Run<C> {
  readonly context: C;
  readonly selection: readonly SelectionPart[];
  readonly signal: AbortSignal | undefined;
  readonly scope: (context: C, task: Task) => C;
  readonly flags: FlagValues;
  readonly graceMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly startedMs: number;
}

const defaultGraceMs = 5000;

/** Fills in the defaults and starts the time of the run. */
export function openRun<C>(options: RunOptions<C>): Run<C> {
  const { clock = systemClock } = options;
  return {
    context: options.context,
    selection: options.selection ?? [],
    signal: options.signal,
    scope: options.scope ?? ((context) => context),
    flags: options.flags ?? {},
    graceMs: options.graceMs ?? defaultGraceMs,
    clock,
    emit: createEmitter(options.listeners ?? [], clock),
    startedMs: clock.now(),
  };
}

/** Whole milliseconds since `sinceMs`. */
export function elapsedMs(clock: Clock, sinceMs: number): number {
  return Math.max(0, Math.round(clock.now() - sinceMs));
}
