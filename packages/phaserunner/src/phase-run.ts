/** Runs the work of one phase: its task, condition, tries, clean-up, and the events about them. */
import type { Emit } from './emit.ts';
import type { PhaseOutcome } from './events.ts';
import type { FlagValues } from './flags.ts';
import { settle } from './interruption.ts';
import type { CleanupReason, Phase, Skip } from './phase.ts';
import { problemsOf } from './problems.ts';
import { elapsedMs, type Run } from './run-options.ts';
import type { FlatPhase } from './tree.ts';
import { explain, tryRepeatedly, type NumberedStep, type PhaseFailure, type Running, type RunningTask, type Tried } from './tries.ts';

/** What a task is made of. */
interface TaskParts {
  readonly path: string;
  readonly flags: FlagValues;
  readonly emit: Emit;
  readonly dryRun: boolean;
}

const silent = (): void => undefined;

const noFlags: FlagValues = Object.freeze({});

/** Makes the task of one phase. */
function createTask({ path, flags, emit, dryRun }: TaskParts): RunningTask {
  let current: AbortSignal | undefined;
  return {
    path,
    flags,
    attempt: 1,
    get signal() {
      // Made only when asked for: most phases never look, and a controller costs more than the rest of a task.
      current ??= new AbortController().signal;
      return current;
    },
    useSignal: (signal) => {
      current = signal;
    },
    message: (text) => emit({ type: 'message', path, level: 'info', text }),
    narrate: dryRun ? silent : (text) => emit({ type: 'message', path, level: 'info', text }),
    warn: (text) => emit({ type: 'message', path, level: 'warning', text }),
    debug: (text, verbosity = 1) => emit({ type: 'message', path, level: 'debug', text, verbosity }),
    progress: dryRun ? silent : (progress) => emit({ type: 'progress', path, ...progress }),
    action: (action) => emit({ type: 'action', path, action }),
  };
}

/** Returns those of `values` that belong to flags which `phase` brings itself, with their defaults for those not given. */
function ownFlagValues(phase: Phase<never>, values: FlagValues): FlagValues {
  if (phase.flags === undefined) return noFlags;
  const own = phase.flags.flatMap((flag) => (typeof flag === 'string' ? [] : [[flag.name, values[flag.name] ?? flag.default] as const]));
  return Object.fromEntries(own.filter(([, value]) => value !== undefined));
}

/** How a phase went. */
export interface PhaseEnd<C> {
  readonly outcome: PhaseOutcome;
  readonly running: Running<C>;
  /** Absent when the phase succeeded or was skipped. */
  readonly failure?: PhaseFailure;
}

/** Runs one phase. Never rejects: failures are in the answer. */
export async function runStep<C>(run: Run<C>, { place, index, total }: NumberedStep<C>): Promise<PhaseEnd<C>> {
  const { path, phase } = place;
  const task = createTask({ path, flags: ownFlagValues(phase, run.flags), emit: run.emit, dryRun: run.dryRun });
  const startedMs = run.clock.now();
  // Only a condition can take time on the way in; without one there is nothing to interrupt.
  const signal = phase.when === undefined ? undefined : run.signal;
  const entry = await settle(() => enter(run, place, task), { clock: run.clock, graceMs: run.graceMs, signal, timeoutMs: undefined });
  const context = entry.type === 'done' ? entry.value.context : run.context;
  const running = { run, place, task, context };
  if (entry.type === 'done' && entry.value.answer !== true) return skipPhase(running, entry.value.answer);
  run.emit({ type: 'phase-start', path, summary: phase.summary, index, total });
  const tried = entry.type === 'done' ? await tryRepeatedly(running) : { ending: entry, attempts: 0 };
  const failure = tried.ending.type === 'done' ? undefined : explain(running, tried.ending);
  // Only work that was begun can have left something behind.
  if (failure !== undefined && tried.attempts > 0) await cleanUp(running, failure.reason);
  return endPhase(running, { tried, failure, durationMs: elapsedMs(run.clock, startedMs) });
}

/** Calls the phase's `cleanup`; what fails in it is told as a warning. */
export async function cleanUp<C>({ run, place, task, context }: Running<C>, reason: CleanupReason): Promise<void> {
  const { cleanup } = place.phase;
  if (cleanup === undefined) return;
  const { clock, graceMs } = run;
  // Where the run is cancelled already, every wait inside the clean-up would end at once.
  const signal = run.signal?.aborted === true ? undefined : run.signal;
  const ending = await settle(
    (abort) => {
      task.useSignal(abort);
      return cleanup(context, reason, task);
    },
    { clock, graceMs, signal, timeoutMs: undefined },
  );
  if (ending.type === 'done') return;
  if (ending.type !== 'failed') return task.warn('the clean-up was cut short');
  for (const { summary } of problemsOf(ending.error, 'PHASE_FAILED')) task.warn(`the clean-up failed: ${summary}`);
}

interface Entry<C> {
  readonly context: C;
  readonly answer: true | Skip;
}

function enter<C>(run: Run<C>, { phase }: FlatPhase<C>, task: RunningTask): Entry<C> | Promise<Entry<C>> {
  const context = run.scope(run.context, task);
  return phase.when === undefined ? { context, answer: true } : ask(phase.when, context);
}

async function ask<C>(when: (context: C) => true | Skip | Promise<true | Skip>, context: C): Promise<Entry<C>> {
  return { context, answer: await when(context) };
}

function skipPhase<C>(running: Running<C>, { skip: reason }: Skip): PhaseEnd<C> {
  const { path } = running.place;
  running.run.emit({ type: 'phase-skip', path, because: 'condition', reason });
  return { outcome: { path, status: 'skipped', durationMs: 0, attempts: 0, reason }, running };
}

interface Result {
  readonly tried: Tried;
  readonly failure: PhaseFailure | undefined;
  readonly durationMs: number;
}

function endPhase<C>(running: Running<C>, { tried, failure, durationMs }: Result): PhaseEnd<C> {
  const { path } = running.place;
  const status = statusOf(failure);
  const problems = failure?.problems ?? [];
  running.run.emit({ type: 'phase-end', path, status, durationMs, ...(problems.length === 0 ? {} : { problems }) });
  const outcome = { path, status, durationMs, attempts: tried.attempts };
  return { outcome, running, ...(failure === undefined ? {} : { failure }) };
}

function statusOf(failure: PhaseFailure | undefined): 'succeeded' | 'failed' | 'cancelled' {
  if (failure === undefined) return 'succeeded';
  return failure.reason === 'cancelled' ? 'cancelled' : 'failed';
}
