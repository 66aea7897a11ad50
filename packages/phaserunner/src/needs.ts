/** Whether everything that the selected phases need runs too, or is there already. */
import { withoutRepetitions } from './gates.ts';
import { hasWork, type Need } from './phase.ts';
import { findNonMembers } from './plan.ts';
import { ProblemError, problemsOf, type Problem } from './problems.ts';
import { makersIn, resolveNeed, type Makers, type ResolvedNeed } from './results.ts';
import type { Selected } from './select.ts';
import { explainShortage, shortageWarning, type Lack, type ShortageView } from './shortage.ts';
import { flatten, type FlatPhase } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** What the check looks at. */
export interface NeedsInput<C> {
  readonly selected: Selected;
  readonly context: C;
  /** Default false. */
  readonly dryRun?: boolean;
  /** The command that runs the phase at `path`, for the remedy. */
  readonly commandOf?: (path: string) => string;
}

/** See `late.ts`, where the package exports it. */
export async function checkNeeds<C, F extends string>(
  workflow: Workflow<C, F>,
  input: NeedsInput<NoInfer<C>>,
): Promise<string | undefined> {
  const { selected, context, dryRun = false, commandOf } = input;
  const nonMembers = findNonMembers(workflow, context);
  const dependants = flatten(workflow).filter(
    ({ path, phase }) => phase.needs !== undefined && selected.paths.has(path) && !nonMembers.has(path),
  );
  if (dependants.length === 0) return undefined;
  const situation: Situation<C> = {
    context,
    selected: withGroups(workflow, selected.paths),
    assumed: withGroups(workflow, [...selected.paths, ...selected.assumedDone]),
    nonMembers,
    makers: makersIn(workflow),
    canGoOnWithout: (need) => isDispensable(need, { byName: selected.byName, dryRun }),
  };
  const findings = await Promise.all(dependants.map((dependant) => examine(dependant, situation)));
  const broken = findings.flatMap(({ problems }) => problems);
  if (broken.length > 0) throw new ProblemError(withoutRepetitions(broken));
  const lacks = findings.flatMap(({ lacks: found }) => found);
  // A command that only pretends makes nothing.
  const view: ShortageView = { workflow, selected, nonMembers, ...(commandOf === undefined || dryRun ? {} : { commandOf }) };
  if (lacks.some(({ grave }) => grave)) throw new ProblemError(explainShortage(lacks, view));
  return lacks.length === 0 ? undefined : shortageWarning(lacks, view);
}

/** `paths` with the groups without work of their own above them. */
function withGroups(workflow: Workflow<never>, paths: Iterable<string>): ReadonlySet<string> {
  const available = new Set(paths);
  const inside = new Set(available);
  // Backwards, so that the children of a group have been seen before it.
  for (const { path, parent, phase } of [...flatten(workflow)].reverse()) {
    if (!inside.has(path)) continue;
    if (parent !== undefined) inside.add(parent);
    if (!hasWork(phase)) available.add(path);
  }
  return available;
}

interface Situation<C> {
  readonly context: C;
  /** Paths whose work will be done. */
  readonly selected: ReadonlySet<string>;
  /** Those, and the ones of which the user says that they are done. */
  readonly assumed: ReadonlySet<string>;
  readonly nonMembers: ReadonlyMap<string, string>;
  readonly makers: Makers;
  readonly canGoOnWithout: (need: Need<C>) => boolean;
}

interface Finding {
  readonly lacks: readonly Lack[];
  /** A look at a result failed. */
  readonly problems: readonly Problem[];
}

async function examine<C>(place: FlatPhase<C>, situation: Situation<C>): Promise<Finding> {
  const { path, phase } = place;
  const lacks: Lack[] = [];
  try {
    for (const need of phase.needs ?? []) {
      const resolved = resolveNeed(situation.makers, place, need);
      // What the phase can do without, and nobody makes here, is a matter of whoever put this workflow together.
      if (typeof need !== 'string' && need.dispensable !== undefined && resolved.phases.length === 0) continue;
      if (!(await isMet(need, resolved.phases, situation)))
        lacks.push({ path, need: ofMembers(resolved, situation), grave: !situation.canGoOnWithout(need) });
    }
    return { lacks, problems: [] };
  } catch (error) {
    return { lacks: [], problems: problemsOf(error, 'PHASE_FAILED', { phase: path }) };
  }
}

async function isMet<C>(need: Need<C>, makers: readonly string[], situation: Situation<C>): Promise<boolean> {
  const { selected, assumed, nonMembers, context } = situation;
  const done = typeof need !== 'string' && need.lasting === true ? selected : assumed;
  if (makers.some((path) => done.has(path) && !nonMembers.has(path))) return true;
  // A maker that does not belong to this run says nothing of another one that does.
  if (makers.length > 0 && makers.every((path) => nonMembers.has(path))) return true;
  return typeof need === 'string' ? false : await need.there(context);
}

function isDispensable(need: Need<never>, { byName, dryRun }: { readonly byName: boolean; readonly dryRun: boolean }): boolean {
  if (typeof need === 'string' || !byName) return false;
  return need.dispensable === 'always' || (need.dispensable === 'unless-real' && dryRun);
}

/** Selecting a phase that does not belong to the run would not help. */
function ofMembers<C>(need: ResolvedNeed, { nonMembers }: Situation<C>): ResolvedNeed {
  return { ...need, phases: need.phases.filter((path) => !nonMembers.has(path)) };
}
