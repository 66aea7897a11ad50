/** Changes the list of phases of a workflow: each function returns a new, checked workflow and leaves the old one. */
import { phaseFields } from './phase-copy.ts';
import type { Phase, Result } from './phase.ts';
import { ProblemError, type Problem } from './problems.ts';
import { cleanName, isProblem, resolveName } from './resolve.ts';
import { makersIn } from './results.ts';
import { flatten, joinPath } from './tree.ts';
import { checkedWorkflow } from './define-workflow.ts';
import type { Workflow } from './workflow.ts';

/** Turns siblings into other siblings; `position` is that of the phase which was named. */
type Change<C, F extends string> = (siblings: readonly Phase<C, F>[], position: number) => readonly Phase<C, F>[];

/**
 * Returns `workflow` with `phase` directly before the phase at `path`, among its siblings.
 * @param path aliases count
 * @throws ProblemError `PHASE_UNKNOWN`, or `WORKFLOW_INVALID` when the result is not a sound workflow
 */
export function insertBefore<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  path: string,
  phase: Phase<NoInfer<C>, NoInfer<F>>,
): Workflow<C, F, V> {
  return changeAt(workflow, path, (siblings, position) => siblings.toSpliced(position, 0, phase));
}

/**
 * Returns `workflow` with `phase` directly after the phase at `path` and its children, among its siblings.
 * @param path aliases count
 * @throws ProblemError `PHASE_UNKNOWN`, or `WORKFLOW_INVALID` when the result is not a sound workflow
 */
export function insertAfter<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  path: string,
  phase: Phase<NoInfer<C>, NoInfer<F>>,
): Workflow<C, F, V> {
  return changeAt(workflow, path, (siblings, position) => siblings.toSpliced(position + 1, 0, phase));
}

/**
 * Returns `workflow` with `phase` in the place of the phase at `path` and its children. Unless `phase`, or one below it, has
 * `makes` of its own (an empty list counts), it is taken to make what those made.
 * @param path aliases count
 * @throws ProblemError `PHASE_UNKNOWN`, or `WORKFLOW_INVALID` when the result is not a sound workflow
 */
export function replacePhase<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  path: string,
  phase: Phase<NoInfer<C>, NoInfer<F>>,
): Workflow<C, F, V> {
  return changeAt(workflow, path, (siblings, position) => siblings.with(position, heirOf(siblings[position], phase)));
}

/**
 * Returns `workflow` without the phase at `path` and its children.
 * @param path aliases count
 * @throws ProblemError `PHASE_UNKNOWN`, or `WORKFLOW_INVALID` when another phase needs it, or a result that no other phase makes
 */
export function removePhase<C, F extends string, V>(workflow: Workflow<C, F, V>, path: string): Workflow<C, F, V> {
  const changed = changeAt(workflow, path, (siblings, position) => siblings.toSpliced(position, 1));
  const problems = losses(workflow, changed);
  if (problems.length > 0) throw new ProblemError(problems);
  return changed;
}

/**
 * Returns `workflow` with `phase` as the last child of the phase at `parentPath`, or as its last phase.
 * @param parentPath aliases count; empty for the top level
 * @throws ProblemError `PHASE_UNKNOWN`, or `WORKFLOW_INVALID` when the result is not a sound workflow
 */
export function appendPhase<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  parentPath: string,
  phase: Phase<NoInfer<C>, NoInfer<F>>,
): Workflow<C, F, V> {
  if (cleanName(parentPath) === '') return checkedWorkflow({ ...workflow, phases: [...workflow.phases, phase] });
  return changeAt(workflow, parentPath, (siblings, position) => {
    const parent = siblings[position];
    return parent === undefined ? siblings : siblings.with(position, { ...phaseFields(parent), phases: [...(parent.phases ?? []), phase] });
  });
}

function changeAt<C, F extends string, V>(workflow: Workflow<C, F, V>, path: string, change: Change<C, F>): Workflow<C, F, V> {
  const target = resolveName(workflow, { name: path, origin: `workflow "${workflow.name}"` });
  if (isProblem(target)) throw new ProblemError(target);
  const phases = rebuild(workflow.phases, { path: target.path, change });
  return checkedWorkflow({ ...workflow, phases });
}

interface Rebuilding<C, F extends string> {
  readonly path: string;
  readonly change: Change<C, F>;
  /** Path of the phase whose children are looked at. */
  readonly parent?: string;
}

/** Copies only the phases above the place of the change; all others stay the same objects. */
function rebuild<C, F extends string>(
  siblings: readonly Phase<C, F>[],
  { path, change, parent }: Rebuilding<C, F>,
): readonly Phase<C, F>[] {
  const position = siblings.findIndex(({ name }) => isAtOrAbove(joinPath(parent, name), path));
  const phase = siblings[position];
  if (phase === undefined) return siblings;
  const own = joinPath(parent, phase.name);
  if (own === path) return change(siblings, position);
  return siblings.with(position, { ...phaseFields(phase), phases: rebuild(phase.phases ?? [], { path, change, parent: own }) });
}

function isAtOrAbove(candidate: string, path: string): boolean {
  return candidate === path || path.startsWith(`${candidate}/`);
}

function heirOf<C, F extends string>(replaced: Phase<C, F> | undefined, phase: Phase<C, F>): Phase<C, F> {
  const makes = replaced === undefined ? [] : (resultsOf(replaced) ?? []);
  return makes.length === 0 || resultsOf(phase) !== undefined ? phase : { ...phaseFields(phase), makes };
}

/** What `phase` and those below it make, each once; undefined when none of them says anything of it. */
function resultsOf<C, F extends string>({ makes, phases = [] }: Phase<C, F>): readonly Result<C>[] | undefined {
  const lists = [makes, ...phases.map((child) => resultsOf(child))].filter((list) => list !== undefined);
  return lists.length === 0 ? undefined : [...new Map(lists.flat().map((result) => [result.name, result])).values()];
}

/** One problem for each result that phases of `after` need and that nobody makes there, though somebody did in `before`. */
function losses(before: Workflow<never>, after: Workflow<never>): readonly Problem[] {
  const made = makersIn(after).byResult;
  const dependants = new Map<string, string[]>();
  for (const { path, phase } of flatten(after)) {
    for (const need of phase.needs ?? []) {
      if (typeof need !== 'string' && !made.has(need.name)) dependants.set(need.name, [...(dependants.get(need.name) ?? []), path]);
    }
  }
  return [...makersIn(before).byResult].flatMap(([name, makers]) => {
    const paths = dependants.get(name);
    const [maker] = makers;
    if (paths === undefined || maker === undefined) return [];
    return {
      code: 'WORKFLOW_INVALID',
      summary: `workflow "${after.name}": no phase but ${maker.path} makes ${name}, which ${paths.join(', ')} ${paths.length === 1 ? 'needs' : 'need'}`,
      remedy: `replace ${maker.path} by a phase that makes the same, or take out what needs it first`,
      where: { phase: maker.path },
    };
  });
}
