/** Whether everything that the selected phases need runs too, or is there already. */
import { hasWork, type Need } from './phase.ts';
import { findNonMembers } from './plan.ts';
import { ProblemError, problemsOf, type Problem } from './problems.ts';
import { makersIn, needText, resolveNeed, type Makers, type ResolvedNeed } from './results.ts';
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
  const dependants = flatten(workflow).filter(
    ({ path, phase }) => phase.needs !== undefined && selected.paths.has(path) && !nonMembers.has(path),
  );
  if (dependants.length === 0) return;
  const situation = { available: withGroups(workflow, selected), nonMembers, makers: makersIn(workflow), selected, context };
  const problems = await Promise.all(dependants.map((dependant) => examine(dependant, situation)));
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
    if (!hasWork(phase)) available.add(path);
  }
  return available;
}

interface Situation<C> extends NeedsInput<C> {
  /** Paths whose work is done or will be. */
  readonly available: ReadonlySet<string>;
  readonly nonMembers: ReadonlyMap<string, string>;
  readonly makers: Makers;
}

async function examine<C>(place: FlatPhase<C>, situation: Situation<C>): Promise<readonly Problem[]> {
  const { path, phase } = place;
  try {
    const missing: ResolvedNeed[] = [];
    for (const need of phase.needs ?? []) {
      const resolved = resolveNeed(situation.makers, place, need);
      if (!(await isMet(need, resolved, situation))) missing.push(ofMembers(resolved, situation));
    }
    return missing.length === 0 ? [] : [missingProblem(path, missing, situation.selected)];
  } catch (error) {
    return problemsOf(error, 'PHASE_FAILED', { phase: path });
  }
}

async function isMet<C>(need: Need<C>, { phases }: ResolvedNeed, { available, nonMembers, context }: Situation<C>): Promise<boolean> {
  if (phases.some((path) => available.has(path) && !nonMembers.has(path))) return true;
  // A maker that does not belong to this run says nothing of another one that does.
  if (phases.length > 0 && phases.every((path) => nonMembers.has(path))) return true;
  return typeof need === 'string' ? false : await need.there(context);
}

/** Selecting a phase that does not belong to the run would not help. */
function ofMembers<C>(need: ResolvedNeed, { nonMembers }: Situation<C>): ResolvedNeed {
  return { ...need, phases: need.phases.filter((path) => !nonMembers.has(path)) };
}

function missingProblem(path: string, missing: readonly ResolvedNeed[], { decisions }: Selected): Problem {
  const makers = missing.flatMap(({ phases }) => phases);
  const reasons = makers.flatMap((maker) => {
    const decision = decisions.get(maker);
    return decision === undefined || decision.run ? [] : [`${maker}: ${decision.reason}`];
  });
  return {
    code: 'PHASE_NEEDS_MISSING',
    summary: `unresolved dependencies: ${path} needs ${missing.map(needText).join('; ')}`,
    ...(reasons.length === 0 ? {} : { detail: reasons.join('; ') }),
    remedy: remedyFor(path, missing),
    where: { phase: path },
  };
}

/** Whoever is to be selected, or what nobody makes here and so has to be brought. */
function remedyFor(path: string, missing: readonly ResolvedNeed[]): string {
  const select = missing.flatMap(({ phases }) => (phases.length === 0 ? [] : [phases.join(' or ')]));
  const bring = missing.flatMap(({ phases, or }) => (phases.length > 0 || or === undefined ? [] : [or]));
  const ways = [
    ...(select.length === 0 ? [] : [`select ${select.join(', ')} as well`]),
    ...(bring.length === 0 ? [] : [`bring ${bring.join(', ')}, which no phase makes here`]),
  ];
  return `${ways.join(' and ')}, or leave ${path} out too`;
}
