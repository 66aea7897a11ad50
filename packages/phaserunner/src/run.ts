/** Runs a workflow: selects, plans, checks, then runs the phases in order and tells what happens. */
import type { PlannedPhase } from './events.ts';
import { passGates, type Refusal } from './gates.ts';
import { checkNeeds } from './needs.ts';
import { findNonMembers, planMembers } from './plan.ts';
import { isProblemError, problemsOf, type Problem } from './problems.ts';
import { elapsedMs, openRun, type Run, type RunOptions, type RunResult } from './run-options.ts';
import { selectPhases, type Selected } from './select.ts';
import { flatten, type FlatPhase } from './tree.ts';
import { cancelled, walk, type Ended, type Stop } from './walk.ts';
import type { Workflow } from './workflow.ts';

export type { Notice, RunOptions, RunResult } from './run-options.ts';

/** See `late.ts`, where the package exports it. */
export async function runWorkflow<C, F extends string>(workflow: Workflow<C, F>, options: RunOptions<NoInfer<C>>): Promise<RunResult> {
  const run: Run<C> = openRun<C>(options);
  const plan = planWalk(workflow, run);
  const { planned = [], stops = [] } = plan;
  run.emit({ type: 'run-start', workflow: workflow.name, phases: planned, total: stops.filter(({ skip }) => skip === undefined).length });
  for (const notice of options.notices ?? []) run.emit({ type: 'message', ...notice });
  if (plan.problems !== undefined) return endRun(run, failed(plan.problems, []));
  const refusal = await refuse(workflow, run, plan);
  if (refusal !== undefined) return endRun(run, refusal);
  return endRun(run, await walk(run, plan.stops));
}

/** The way through the workflow. */
interface WalkPlan<C> {
  readonly problems?: undefined;
  readonly selected: Selected;
  readonly planned: readonly PlannedPhase[];
  /** Members that are selected, with or without work of their own. */
  readonly members: readonly FlatPhase<C>[];
  readonly stops: readonly Stop<C>[];
}

interface NoPlan {
  readonly problems: readonly Problem[];
  readonly planned?: undefined;
  readonly stops?: undefined;
}

function planWalk<C, F extends string>(workflow: Workflow<C, F>, run: Run<C>): WalkPlan<C> | NoPlan {
  try {
    const selected = selectPhases(workflow, run.selection);
    const planned = planMembers(workflow, selected, findNonMembers(workflow, run.context));
    const members: FlatPhase<C>[] = [];
    const stops: Stop<C>[] = [];
    for (const place of flatten(workflow)) {
      const decision = planned[place.index]?.decision;
      if (decision?.run === true) members.push(place);
      if (decision === undefined || place.phase.run === undefined) continue;
      if (decision.run) stops.push({ place });
      else if (decision.because === 'membership') stops.push({ place, skip: decision.reason });
    }
    return { selected, planned, members, stops };
  } catch (error) {
    return { problems: expectedProblems(error) };
  }
}

/** Returns why the run may not start, or undefined. */
async function refuse<C, F extends string>(
  workflow: Workflow<C, F>,
  run: Run<C>,
  { selected, members, stops }: WalkPlan<C>,
): Promise<Ended | undefined> {
  try {
    await checkNeeds(workflow, { selected, context: run.context });
    const refusal = await passGates(run, members);
    return refusal === undefined ? undefined : refused(refusal, stops);
  } catch (error) {
    return failed(expectedProblems(error), pathsToRun(stops));
  }
}

function refused<C>(refusal: Refusal, stops: readonly Stop<C>[]): Ended {
  if (refusal.type === 'problems') return failed(refusal.problems, pathsToRun(stops));
  return cancelled({ outcomes: [], remaining: pathsToRun(stops) });
}

function failed(problems: readonly Problem[], remaining: readonly string[]): Ended {
  return { status: 'failed', phases: [], remaining, problems };
}

function pathsToRun<C>(stops: readonly Stop<C>[]): readonly string[] {
  return stops.flatMap(({ place, skip }) => (skip === undefined ? [place.path] : []));
}

/** Anything but a ProblemError is a fault of this engine and may not pass as a result. */
function expectedProblems(error: unknown): readonly Problem[] {
  if (isProblemError(error)) return problemsOf(error, 'PHASE_FAILED');
  throw error;
}

function endRun<C>(run: Run<C>, ended: Ended): RunResult {
  const result = { ...ended, durationMs: elapsedMs(run.clock, run.startedMs) };
  run.emit({ type: 'run-end', ...result });
  return result;
}
