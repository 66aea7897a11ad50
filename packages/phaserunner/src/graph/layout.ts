/** Places the phases of a workflow on a picture: rows below one another, children inside their parent's box. */
import { flatten, type FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import { isBox } from './parts.ts';

/** A phase with its rectangle, in pixels from the upper left corner. */
export interface Placed {
  readonly place: FlatPhase;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The picture; `phases` are in execution order, so that boxes are drawn below what is in them. */
export interface Layout {
  readonly phases: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

/** Sizes in pixels. `letter` is the width of one letter of a 13-pixel monospaced font. */
export const sizes = { row: 30, gap: 22, padding: 16, header: 28, letter: 8, margin: 16, needLane: 14 } as const;

/** Returns the rectangles. Widths follow from depth, so that boxes of one level are equally wide. */
export function layOut(workflow: Workflow<never>, lanes: number): Layout {
  const phases = flatten(workflow);
  const innerWidth = Math.max(80, ...phases.map(({ phase, depth }) => phase.name.length * sizes.letter + 32 + 2 * depth * sizes.padding));
  const placed: Placed[] = [];
  let y: number = sizes.margin;
  for (const place of phases) {
    y += gapAbove(place, phases[place.index - 1]);
    const x = sizes.margin + place.depth * sizes.padding;
    placed.push({ place, x, y, width: innerWidth - 2 * place.depth * sizes.padding, height: heightOf(place, phases) });
    y += isBox(place) ? sizes.header : sizes.row;
  }
  const bottom = Math.max(sizes.margin, ...placed.map((rectangle) => rectangle.y + rectangle.height));
  return { phases: placed, width: innerWidth + 2 * sizes.margin + lanes * sizes.needLane, height: bottom + sizes.margin };
}

/** Room for the arrow from the sibling before, and for the lower borders of the boxes that end in between. */
function gapAbove({ depth }: FlatPhase, before: FlatPhase | undefined): number {
  if (before === undefined || depth > before.depth) return 0;
  return sizes.gap + (before.depth - depth) * sizes.padding;
}

function heightOf(place: FlatPhase, phases: readonly FlatPhase[]): number {
  if (!isBox(place)) return sizes.row;
  let height = sizes.header + sizes.padding;
  for (const inner of phases.slice(place.index + 1, place.end)) {
    height += (isBox(inner) ? sizes.header : sizes.row) + gapAbove(inner, phases[inner.index - 1]);
  }
  const last = phases[place.end - 1];
  return height + ((last?.depth ?? place.depth) - place.depth - 1) * sizes.padding;
}
