/** The tree of a workflow as a flat list in execution order, and the look-up of a phase by its path. */
import type { Phase } from './phase.ts';
import type { Workflow } from './workflow.ts';

/** A phase with its place in the workflow. */
export interface FlatPhase<C = never, F extends string = string> {
  /** Names from the top down, joined by `/`. */
  readonly path: string;
  /** Zero for top-level phases. */
  readonly depth: number;
  readonly phase: Phase<C, F>;
  /** Path of the parent; absent for top-level phases. */
  readonly parent?: string;
  /** Position in execution order, from zero. */
  readonly index: number;
  /** Position behind the last phase of this subtree: the subtree is `[index, end)`. */
  readonly end: number;
}

/** The flat list with an index by path. */
interface Tree {
  readonly phases: readonly FlatPhase[];
  readonly byPath: ReadonlyMap<string, FlatPhase>;
}

/** Workflows are immutable values, so each is flattened once. */
const trees = new WeakMap<Workflow<never>, Tree>();

/** Returns all phases of `workflow` in execution order: a parent first, then its children in order. */
export function flatten<C, F extends string>(workflow: Workflow<C, F>): readonly FlatPhase<C, F>[] {
  return treeOf(workflow).phases as readonly FlatPhase<C, F>[];
}

/**
 * Returns the phase at `path`, or undefined. Each segment may be the name of a phase or one of its aliases.
 * The returned `path` is always spelled with names.
 */
export function findPhase<C, F extends string>(workflow: Workflow<C, F>, path: string): FlatPhase<C, F> | undefined {
  const { byPath } = treeOf(workflow);
  const found = byPath.get(path) ?? byPath.get(withoutAliases(workflow, path));
  return found as FlatPhase<C, F> | undefined;
}

/** Returns the phase at `place` with everything below it. */
export function subtreeOf<C, F extends string>(workflow: Workflow<C, F>, { index, end }: FlatPhase<C, F>): readonly FlatPhase<C, F>[] {
  return flatten(workflow).slice(index, end);
}

/** Joins the path of a parent, empty at the top, and a name. */
export function joinPath(parent: string | undefined, name: string): string {
  return parent === undefined || parent === '' ? name : `${parent}/${name}`;
}

function treeOf(workflow: Workflow<never>): Tree {
  const known = trees.get(workflow);
  if (known !== undefined) return known;
  const phases = flattenSiblings(workflow.phases);
  const byPath = new Map<string, FlatPhase>();
  // Of siblings with one name, which only an unchecked workflow has, the first counts.
  for (const phase of phases) if (!byPath.has(phase.path)) byPath.set(phase.path, phase);
  const tree = { phases, byPath };
  trees.set(workflow, tree);
  return tree;
}

function flattenSiblings(top: readonly Phase<never>[]): readonly FlatPhase[] {
  const flat: FlatPhase[] = [];
  const visit = (siblings: readonly Phase<never>[], depth: number, parent?: string): void => {
    for (const phase of siblings) {
      const index = flat.length;
      const path = joinPath(parent, phase.name);
      const place = { path, depth, phase, index, end: index + 1, ...(parent === undefined ? {} : { parent }) };
      flat.push(place);
      if (phase.phases !== undefined) visit(phase.phases, depth + 1, path);
      place.end = flat.length;
    }
  };
  visit(top, 0);
  return flat;
}

/** Spells `path` with names; an unknown segment ends the search and gives the empty path, which no phase has. */
function withoutAliases(workflow: Workflow<never>, path: string): string {
  let siblings: readonly Phase<never>[] = workflow.phases;
  let names = '';
  for (const segment of path.split('/')) {
    const phase = siblings.find(({ name }) => name === segment) ?? siblings.find(({ aliases }) => aliases?.includes(segment));
    if (phase === undefined) return '';
    names = joinPath(names, phase.name);
    siblings = phase.phases ?? [];
  }
  return names;
}
