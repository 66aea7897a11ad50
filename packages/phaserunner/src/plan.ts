/** What a run will do, before it does anything. */
import type { Decision, PlannedPhase } from './events.ts';
import { hasWork } from './phase.ts';
import { ProblemError, problemsOf, type Problem } from './problems.ts';
import type { Selected } from './select.ts';
import { flatten } from './tree.ts';
import type { Workflow } from './workflow.ts';

/**
 * Returns every phase of `workflow` in execution order with the decision about it. Without a context nothing is said
 * about membership.
 * @throws ProblemError `PHASE_FAILED` when a membership test throws
 */
export function planRun<C, F extends string>(workflow: Workflow<C, F>, selected: Selected, context?: NoInfer<C>): readonly PlannedPhase[] {
  return planMembers(workflow, selected, context === undefined ? new Map() : findNonMembers(workflow, context));
}

/** As `planRun`, with the outcome of the membership tests given as `findNonMembers` returns it. */
export function planMembers(
  workflow: Workflow<never>,
  selected: Selected,
  nonMembers: ReadonlyMap<string, string>,
): readonly PlannedPhase[] {
  return flatten(workflow).map(({ path, depth, phase }) => ({
    path,
    summary: phase.summary,
    depth,
    work: hasWork(phase),
    hidden: phase.hidden === true,
    decision: decide(selected.decisions.get(path), nonMembers.get(path)),
  }));
}

/**
 * Returns the phases that do not belong to a run in `context`, by path, each with the reason. The children of such a
 * phase do not belong to it either and their tests are not asked.
 * @throws ProblemError `PHASE_FAILED` when a test throws
 */
export function findNonMembers<C, F extends string>(workflow: Workflow<C, F>, context: C): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { path, parent, phase } of flatten(workflow)) {
    try {
      const inherited = parent === undefined ? undefined : reasons.get(parent);
      const own = inherited === undefined && phase.include?.test(context) === false ? `only ${phase.include.only}` : undefined;
      const reason = inherited ?? own;
      if (reason !== undefined) reasons.set(path, reason);
    } catch (error) {
      problems.push(...problemsOf(error, 'PHASE_FAILED', { phase: path }));
    }
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return reasons;
}

function decide(selection: Decision = { run: true }, outsider: string | undefined): Decision {
  if (!selection.run || outsider === undefined) return selection;
  return { run: false, because: 'membership', reason: outsider };
}
