/** The work of the engine, loaded when it is first asked for, so that a program which only shows its help starts fast. */
import type { GraphFormat } from './graph.ts';
import type { NeedsInput } from './needs.ts';
import type { OpenRunOptions, RunOptions, RunResult } from './run-options.ts';
import type { Workflow } from './workflow.ts';

/**
 * Runs the selected phases of `workflow` in order. With `open` the run begins by finding out what it works with.
 *
 * First the names and needs of the selection are looked at, then the work of every selected phase is loaded, then `check`
 * and then `prepare` of every selected phase are called; only when none of them has a problem does the first phase run. The first phase that
 * does not succeed ends the run. Never rejects because of a phase, a selection or a listener: see `RunResult.problems`.
 */
export async function runWorkflow<C, F extends string>(
  workflow: Workflow<C, F>,
  options: RunOptions<NoInfer<C>> | OpenRunOptions<NoInfer<C>>,
): Promise<RunResult> {
  return await (await import('./run.ts')).runWorkflow(workflow, options);
}

/**
 * Refuses a selection in which a phase lacks something it needs. A need is met when a phase that makes it is selected, or
 * lies before the start that the selection gives, so that an earlier run did it (unless the result is `lasting`: then it is looked for);
 * when it only groups others and this is true of one of those; when none that makes it belongs to this run; or when the result is `there`.
 * Returns a warning when phases that were asked for by name go on without what is `dispensable`.
 * @throws ProblemError `PHASE_NEEDS_MISSING`, one problem for all that is missing; `PHASE_FAILED` when a look at a result throws
 */
export async function checkNeeds<C, F extends string>(
  workflow: Workflow<C, F>,
  input: NeedsInput<NoInfer<C>>,
): Promise<string | undefined> {
  return await (await import('./needs.ts')).checkNeeds(workflow, input);
}

/**
 * Returns `workflow` as a graph: containment as boxes, order among siblings as solid arrows, needs as dashed arrows.
 * The text ends with a newline.
 */
export async function renderGraph(workflow: Workflow<never>, format: GraphFormat): Promise<string> {
  return (await import('./graph.ts')).renderGraph(workflow, format);
}
