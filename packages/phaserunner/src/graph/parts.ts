/** What a graph of a workflow shows: boxes round children, and arrows for order and needs. */
import { makersIn, resolveNeed } from '../results.ts';
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
  const makers = makersIn(workflow);
  return flatten(workflow).flatMap((to) =>
    (to.phase.needs ?? [])
      .flatMap((need) => resolveNeed(makers, to, need).phases)
      .flatMap((path) => {
        const from = findPhase(workflow, path);
        return from === undefined || to.index < from.end ? [] : [{ from, to }];
      }),
  );
}

/** Whether the phase is drawn as a box round its children. */
export function isBox({ index, end }: FlatPhase): boolean {
  return end > index + 1;
}

/** Takes from `open`, innermost first, the boxes that end before position `index`, and returns how many they were. */
export function closeBoxes(open: FlatPhase[], index: number): number {
  const before = open.length;
  for (let box = open.at(-1); box !== undefined && box.end <= index; box = open.at(-1)) open.pop();
  return before - open.length;
}
