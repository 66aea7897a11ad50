/** The arrows in the graph of a workflow. */
import { findPhase, flatten, type FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';

/** An arrow from one phase to another. */
export interface Arrow {
  readonly from: FlatPhase;
  readonly to: FlatPhase;
}

/** Returns an arrow from each phase to the sibling that follows it. */
export function orderArrows(workflow: Workflow<never>): readonly Arrow[] {
  const latest = new Map<string | undefined, FlatPhase>();
  const arrows: Arrow[] = [];
  for (const to of flatten(workflow)) {
    const from = latest.get(to.parent);
    if (from !== undefined) arrows.push({ from, to });
    latest.set(to.parent, to);
  }
  return arrows;
}

/** Returns an arrow from each needed phase to the one that needs it; a need of a parent shows in the boxes already. */
export function needArrows(workflow: Workflow<never>): readonly Arrow[] {
  return flatten(workflow).flatMap((to) =>
    (to.phase.needs ?? []).flatMap((need) => {
      const from = findPhase(workflow, typeof need === 'string' ? need : need.phase);
      return from === undefined || to.index < from.end ? [] : [{ from, to }];
    }),
  );
}
