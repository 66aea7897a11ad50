/** Runs a workflow: opens, selects, plans, checks, then runs the phases in order and tells what happens. */
import type { PlannedPhase } from './events.ts';
import { passGates, type Refusal } from './gates.ts';
import { settle } from './interruption.ts';
import { withMendingCommand, type Known } from './mending-command.ts';
import { checkNeeds } from './needs.ts';
import { hasWork } from './phase.ts';
import { findNonMembers, planMembers } from './plan.ts';
import { isProblemError, problemsOf, type Problem } from './problems.ts';
import {
  elapsedMs,
  openFrame,
  type Frame,
  type Opening,
  type OpenRunOptions,
  type Run,
  type RunInput,
  type RunOptions,
  type RunResult,
  type RunSettings,
} from './run-options.ts';
import { selectPhases, type Selected } from './select.ts';
import { flatten, type FlatPhase } from './tree.ts';
import { cancelled, walk, type Ended, type Step } from './walk.ts';
import type { Workflow } from './workflow.ts';

/** See `late.ts`, where the package exports it. */
export async function runWorkflow<C, F extends string>(
  workflow: Workflow<C, F>,
  options: RunOptions<NoInfer<C>> | OpenRunOptions<NoInfer<C>>,
): Promise<RunResult> {
  const known: Known = { commandOf: options.commandOf, nonMembers: new Map<string, string>() };
  const frame = { ...openFrame(options, completion(workflow, known, options)), known };
  const opened = await openInput(workflow, frame, options);
  return endRun(frame, 'ended' in opened ? opened.ended : await start(workflow, frame, opened.input));
}

/** Returns how a problem gets what only the run knows: the command that mends it, and whether to run again. */
function completion(workflow: Workflow<never>, known: Known, { isRetryable }: RunSettings): Frame['complete'] {
  const mend = (problem: Problem): Problem => withMendingCommand(workflow, known, problem);
  return isRetryable === undefined ? mend : (problem) => ({ ...mend(problem), retryable: problem.retryable ?? isRetryable(problem.code) });
}

interface OpenFrame extends Frame {
  readonly known: Known;
}

type Opened<C> = { readonly input: RunInput<C> } | { readonly ended: Ended };

async function openInput<C>(workflow: Workflow<never>, frame: Frame, options: RunOptions<C> | OpenRunOptions<C>): Promise<Opened<C>> {
  if (!isListenerList(options.listeners ?? [])) return notOpened(oddListeners);
  return 'open' in options ? await open(workflow, frame, options.open) : readInput(options);
}

async function open<C>(workflow: Workflow<never>, frame: Frame, load: OpenRunOptions<C>['open']): Promise<Opened<C>> {
  const { emit, clock, signal, graceMs } = frame;
  emit({ type: 'run-open', workflow: workflow.name });
  if (signal?.aborted === true) return { ended: cancelled({ outcomes: [], remaining: [] }) };
  const voice = (abort: AbortSignal | undefined): Opening => ({
    signal: abort ?? new AbortController().signal,
    message: (text) => emit({ type: 'message', level: 'info', text }),
    warn: (text) => emit({ type: 'message', level: 'warning', text }),
  });
  const ending = await settle((abort) => load(voice(abort)), { clock, signal, graceMs, timeoutMs: undefined });
  if (ending.type === 'done') {
    const opened = readInput(ending.value);
    if ('input' in opened) frame.listeners.push(...(opened.input.listeners ?? []));
    return opened;
  }
  if (ending.type === 'failed') return { ended: failed(problemsOf(ending.error, 'RUN_NOT_OPENED'), []) };
  return { ended: cancelled({ outcomes: [], remaining: [], ...(ending.error === undefined ? {} : { cause: ending.error }) }) };
}

/** What comes from outside and is not what its type says must not break the promise that a run never rejects. */
function readInput<C>(input: RunInput<C> | undefined): Opened<C> {
  if (typeof input !== 'object' || (input as unknown) === null)
    return notOpened('what the run was opened with is no object with a context');
  return isListenerList(input.listeners ?? []) ? { input } : notOpened(oddListeners);
}

const oddListeners = 'the listeners of the run are no list of functions';

function notOpened(summary: string): { readonly ended: Ended } {
  return { ended: failed([{ code: 'RUN_NOT_OPENED', summary }], []) };
}

function isListenerList(value: unknown): boolean {
  return Array.isArray(value) && value.every((listener) => typeof listener === 'function');
}

/** Announces the run and goes through it. */
async function start<C, F extends string>(workflow: Workflow<C, F>, frame: OpenFrame, input: RunInput<C>): Promise<Ended> {
  const { context, selection = [], scope = (given) => given, notices = [], dryRun = false } = input;
  const run: OpenFrame & Run<C> = { ...frame, context, selection, scope, dryRun };
  const plan = planWalk(workflow, run);
  const { planned = [], steps = [] } = plan;
  const total = pathsToRun(steps).length;
  run.emit({ type: 'run-start', workflow: workflow.name, ...(dryRun ? { dryRun } : {}), phases: planned, total });
  for (const notice of notices) run.emit({ type: 'message', ...notice });
  return plan.problems === undefined ? await proceed(workflow, run, plan) : failed(plan.problems, []);
}

/** The way through the workflow. */
interface WalkPlan<C> {
  readonly problems?: undefined;
  readonly selected: Selected;
  readonly planned: readonly PlannedPhase[];
  /** Members that are selected, with or without work of their own. */
  readonly members: readonly FlatPhase<C>[];
  readonly steps: readonly Step<C>[];
}

interface NoPlan {
  readonly problems: readonly Problem[];
  readonly planned?: undefined;
  readonly steps?: undefined;
}

function planWalk<C, F extends string>(workflow: Workflow<C, F>, run: OpenFrame & Run<C>): WalkPlan<C> | NoPlan {
  try {
    const selected = selectPhases(workflow, run.selection);
    const nonMembers = findNonMembers(workflow, run.context);
    run.known.nonMembers = nonMembers;
    const planned = planMembers(workflow, selected, nonMembers);
    const members: FlatPhase<C>[] = [];
    const steps: Step<C>[] = [];
    for (const place of flatten(workflow)) {
      const decision = planned[place.index]?.decision;
      if (decision?.run === true) members.push(place);
      if (decision === undefined || !hasWork(place.phase)) continue;
      if (decision.run) steps.push({ place });
      else if (decision.because === 'membership') steps.push({ place, skip: decision.reason });
    }
    return { selected, planned, members, steps };
  } catch (error) {
    return { problems: expectedProblems(error) };
  }
}

/** Runs the phases, unless a need, the loading of their work, a check or a preparation refuses that. */
async function proceed<C, F extends string>(workflow: Workflow<C, F>, run: Run<C>, plan: WalkPlan<C>): Promise<Ended> {
  const { selected, members, steps } = plan;
  try {
    const { context, dryRun, commandOf } = run;
    // Nothing was written yet, so a look that does not stop is not waited for.
    const limits = { clock: run.clock, signal: run.signal, timeoutMs: undefined, graceMs: 0 };
    const needs = await settle(
      () => checkNeeds(workflow, { selected, context, dryRun, ...(commandOf === undefined ? {} : { commandOf }) }),
      limits,
    );
    if (needs.type === 'failed') throw needs.error;
    if (needs.type !== 'done') return refused({ type: 'cancelled' }, steps);
    if (needs.value !== undefined) run.emit({ type: 'message', level: 'warning', text: needs.value });
    const gates = await passGates(run, members);
    if (gates.type !== 'passed') return refused(gates, steps);
    const { loaded } = gates;
    return await walk(
      run,
      loaded.size === 0 ? steps : steps.map((step) => ({ ...step, place: loaded.get(step.place.path) ?? step.place })),
    );
  } catch (error) {
    return failed(expectedProblems(error), pathsToRun(steps));
  }
}

function refused<C>(refusal: Refusal, steps: readonly Step<C>[]): Ended {
  if (refusal.type === 'problems') return failed(refusal.problems, pathsToRun(steps));
  return cancelled({ outcomes: [], remaining: pathsToRun(steps) });
}

function failed(problems: readonly Problem[], remaining: readonly string[]): Ended {
  return { status: 'failed', phases: [], remaining, problems };
}

function pathsToRun<C>(steps: readonly Step<C>[]): readonly string[] {
  return steps.flatMap(({ place, skip }) => (skip === undefined ? [place.path] : []));
}

/** Anything but a ProblemError is a fault of this engine and may not pass as a result. */
function expectedProblems(error: unknown): readonly Problem[] {
  if (isProblemError(error)) return problemsOf(error, 'PHASE_FAILED');
  throw error;
}

/** A run that was stopped because of a fault has failed, also when it had just come to its end. */
function stoppedByFault({ signal }: Frame, ended: Ended): Ended {
  const reason: unknown = signal?.aborted === true ? signal.reason : undefined;
  if (!isProblemError(reason) || ended.status === 'failed') return ended;
  return { ...ended, status: 'failed', problems: problemsOf(reason, 'PHASE_FAILED', ended.problems?.[0]?.where) };
}

function endRun(frame: Frame, outcome: Ended): RunResult {
  const { problems, ...rest } = stoppedByFault(frame, outcome);
  const result = {
    ...rest,
    ...(problems === undefined ? {} : { problems: problems.map(frame.complete) }),
    durationMs: elapsedMs(frame.clock, frame.startedMs),
  };
  frame.emit({ type: 'run-end', ...result });
  return result;
}
