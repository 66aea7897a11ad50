/** Whether everything that the selected phases need runs too, or is there already. */
import type { Need } from './phase.ts';
import { findNonMembers } from './plan.ts';
import { ProblemError, problemsOf, type Problem } from './problems.ts';
import type { Selected } from './select.ts';
import { flatten, type FlatPhase } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** What the check looks at. */
export interface NeedsInput<C> {
  readonly selected: Selected;
  readonly context: C;
}

/** See `late.ts`, where the package exports it. */
export async function checkNeeds<C, F extends string>(
  workflow: Workflow<C, F>,
  { selected, context }: NeedsInput<NoInfer<C>>,
): Promise<void> {
  const nonMembers = findNonMembers(workflow, context);
  const available = new Set([...nonMembers.keys(), ...withGroups(workflow, selected)]);
  const dependants = flatten(workflow).filter(
    ({ path, phase }) => phase.needs !== undefined && selected.paths.has(path) && !nonMembers.has(path),
  );
  const problems = await Promise.all(dependants.map((dependant) => examine(dependant, { available, selected, context })));
  const found = problems.flat();
  if (found.length > 0) throw new ProblemError(found);
}

/** What is selected or done, with the groups without work of their own above it. */
function withGroups(workflow: Workflow<never>, { paths, assumedDone }: Selected): ReadonlySet<string> {
  const available = new Set([...paths, ...assumedDone]);
  const inside = new Set(available);
  // Backwards, so that the children of a group have been seen before it.
  for (const { path, parent, phase } of [...flatten(workflow)].reverse()) {
    if (!inside.has(path)) continue;
    if (parent !== undefined) inside.add(parent);
    if (phase.run === undefined) available.add(path);
  }
  return available;
}

interface Situation<C> extends NeedsInput<C> {
  readonly available: ReadonlySet<string>;
}

async function examine<C>({ path, phase }: FlatPhase<C>, situation: Situation<C>): Promise<readonly Problem[]> {
  try {
    const missing: Need<C>[] = [];
    for (const need of phase.needs ?? []) if (!(await isMet(need, situation))) missing.push(need);
    return missing.length === 0 ? [] : [missingProblem(path, missing, situation.selected)];
  } catch (error) {
    return problemsOf(error, 'PHASE_FAILED', { phase: path });
  }
}

async function isMet<C>(need: Need<C>, { available, context }: Situation<C>): Promise<boolean> {
  if (available.has(pathOf(need))) return true;
  return typeof need === 'string' ? false : await need.unless(context);
}

function missingProblem<C>(path: string, missing: readonly Need<C>[], { decisions }: Selected): Problem {
  const wanted = missing.map((need) => (typeof need === 'string' ? need : `${need.phase} or ${need.or}`));
  const reasons = missing.flatMap((need) => {
    const decision = decisions.get(pathOf(need));
    return decision === undefined || decision.run ? [] : [`${pathOf(need)}: ${decision.reason}`];
  });
  return {
    code: 'PHASE_NEEDS_MISSING',
    summary: `unresolved dependencies: ${path} needs ${wanted.join('; ')}`,
    ...(reasons.length === 0 ? {} : { detail: reasons.join('; ') }),
    remedy: `select ${missing.map(pathOf).join(', ')} as well, or leave ${path} out too`,
    where: { phase: path },
  };
}

function pathOf(need: Need<never>): string {
  return typeof need === 'string' ? need : need.phase;
}
