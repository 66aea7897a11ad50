/** What a run is given, what it returns, and what its parts share. */
import { systemClock, type Clock } from './clock.ts';
import { createEmitter, type Emit } from './emit.ts';
import type { EventBody, Listener, PhaseOutcome, RunStatus } from './events.ts';
import type { FlagValues } from './flags.ts';
import type { Task } from './phase.ts';
import type { Problem } from './problems.ts';
import { redactEvent, redactProblem, type Redact } from './redact.ts';
import type { SelectionPart } from './select.ts';

/** A line for the user that belongs to no phase. */
export interface Notice {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** What a run works with. */
export interface RunInput<C> {
  readonly context: C;
  /** Each part restricts further; nothing given means all phases. */
  readonly selection?: readonly SelectionPart[];
  /** Derives the view of the context that one phase gets in `when`, `run` and `cleanup`. Called once for each phase. */
  readonly scope?: (context: C, task: Task) => C;
  /** What making the context found worth telling; told when the run starts. */
  readonly notices?: readonly Notice[];
  /** True when actions are only intended; renderers then read them as "would …". */
  readonly dryRun?: boolean;
  /** Called with each event, after those of the settings. */
  readonly listeners?: readonly Listener[];
}

/** What surrounds a run. */
export interface RunSettings {
  /** Cancels the run: the current phase is asked to stop, nothing more is started. Aborted with a `ProblemError` it makes the run fail with that. */
  readonly signal?: AbortSignal;
  readonly listeners?: readonly Listener[];
  /** Values of the flags that phases bring themselves; for those without one their defaults count. */
  readonly flags?: FlagValues;
  /** How long a phase that was asked to stop is waited for. Default 5000. */
  readonly graceMs?: number;
  readonly clock?: Clock;
  /** Takes secrets out of every text of an event or a problem. Default: texts stay as they are. */
  readonly redact?: Redact;
  /** The command that runs the phase at `path`, as it can be typed; it becomes part of problems that a phase can mend. */
  readonly commandOf?: (path: string) => string;
  /** Whether a problem with this code may go away when the run is simply started again; becomes `retryable` of problems that do not say. */
  readonly isRetryable?: (code: string) => boolean;
}

/** The voice of a run that is being opened, before there are phases. */
export interface Opening {
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Tells the user what is waited for. */
  readonly message: (text: string) => void;
  /** Tells the user about something that deserves attention. */
  readonly warn: (text: string) => void;
}

/** How to run a workflow. */
export type RunOptions<C> = RunSettings & RunInput<C> & { readonly open?: never };

/** How to run a workflow when it takes time to find out what it works with: loading, connecting, reading. */
export interface OpenRunOptions<C> extends RunSettings {
  /** Part of what is opened. */
  readonly context?: never;
  /** Called after the event `run-open`. What it throws ends the run before it starts. */
  readonly open: (opening: Opening) => RunInput<C> | Promise<RunInput<C>>;
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

/** The settings with their defaults, and the one emitter of the run. */
export interface Frame {
  readonly signal: AbortSignal | undefined;
  readonly flags: FlagValues;
  readonly graceMs: number;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly startedMs: number;
  /** Adds to a problem the command that mends it and whether to run again, and takes secrets out of it. */
  readonly complete: (problem: Problem) => Problem;
  readonly commandOf: RunSettings['commandOf'];
  /** Who hears the events; grows when the run is opened. */
  readonly listeners: Listener[];
}

/** A run that has what it works with. */
export interface Run<C> extends Frame {
  readonly context: C;
  readonly dryRun: boolean;
  readonly selection: readonly SelectionPart[];
  readonly scope: (context: C, task: Task) => C;
}

const defaultGraceMs = 5000;

/** Fills in the defaults and starts the time of the run. */
export function openFrame(settings: RunSettings, complete: Frame['complete']): Frame {
  const { clock = systemClock, redact = (text) => text } = settings;
  const finish = (problem: Problem): Problem => redactProblem(complete(problem), redact);
  // Odd ones are refused by the run; here they must not break it.
  const listeners = Array.isArray(settings.listeners) ? [...(settings.listeners as readonly Listener[])] : [];
  const send = createEmitter(listeners, clock);
  return {
    signal: settings.signal,
    flags: settings.flags ?? {},
    graceMs: settings.graceMs ?? defaultGraceMs,
    clock,
    emit: (body) => send(redactEvent(completed(body, finish), redact)),
    startedMs: clock.now(),
    complete: finish,
    commandOf: settings.commandOf,
    listeners,
  };
}

function completed(body: EventBody, complete: Frame['complete']): EventBody {
  if (body.type === 'phase-retry') return { ...body, problem: complete(body.problem) };
  return body.type === 'phase-end' && body.problems !== undefined ? { ...body, problems: body.problems.map(complete) } : body;
}

/** Whole milliseconds since `sinceMs`. */
export function elapsedMs(clock: Clock, sinceMs: number): number {
  return Math.max(0, Math.round(clock.now() - sinceMs));
}
