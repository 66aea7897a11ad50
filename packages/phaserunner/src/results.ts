/** Who makes the results that phases of a workflow need. */
import type { Need } from './phase.ts';
import { findPhase, flatten, type FlatPhase } from './tree.ts';
import type { Workflow } from './workflow.ts';

/** Who makes what in a workflow. */
export interface Makers {
  readonly workflow: Workflow<never>;
  /** Phases that make a result, in execution order, by its name. */
  readonly byResult: ReadonlyMap<string, readonly FlatPhase[]>;
}

/** Returns the makers of every result that a phase of `workflow` makes. */
export function makersIn(workflow: Workflow<never>): Makers {
  const byResult = new Map<string, FlatPhase[]>();
  for (const place of flatten(workflow)) {
    for (const { name } of place.phase.makes ?? []) {
      const known = byResult.get(name);
      if (known === undefined) byResult.set(name, [place]);
      else known.push(place);
    }
  }
  return { workflow, byResult };
}

/** A need in the terms of one workflow. */
export interface ResolvedNeed {
  /** Name of the result; absent when the work of a phase is needed. */
  readonly result?: string;
  /** Paths of the phases that meet it. Empty for a result that is not made before the phase that needs it. */
  readonly phases: readonly string[];
  /** What may be there instead. */
  readonly or?: string;
}

/** Returns `need`, which the phase at `place` has, with the phases that meet it: what is made only afterwards meets nothing. */
export function resolveNeed({ workflow, byResult }: Makers, { index }: FlatPhase, need: Need<never>): ResolvedNeed {
  if (typeof need === 'string') return { phases: [findPhase(workflow, need)?.path ?? need] };
  const earlier = (byResult.get(need.name) ?? []).filter((maker) => maker.index < index);
  return { result: need.name, phases: earlier.map(({ path }) => path), or: need.found };
}

/** A need in words: `certs/ca or ca.crt on disk`. A result that nobody makes here has its name. */
export function needText({ result, phases, or }: ResolvedNeed): string {
  const makers = phases.length > 0 ? phases : result === undefined ? [] : [result];
  return [...makers, ...(or === undefined ? [] : [or])].join(' or ');
}
