/** Draws a workflow as a picture that needs no tool and can be read on light and dark ground. */
import type { FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import { isBox, needArrows, orderArrows } from './parts.ts';
import { layOut, sizes, type Layout, type Placed } from './layout.ts';

const style = `
  .ground { fill: #ffffff }
  .phase { fill: #f2f5f9; stroke: #5b6b7f }
  .box { fill: none; stroke: #5b6b7f }
  .hidden { stroke-dasharray: 4 3 }
  text { fill: #1b2430; font: 13px monospace }
  .arrow { fill: none; stroke: #5b6b7f }
  .need { fill: none; stroke: #b35900; stroke-dasharray: 4 3 }
  .head { fill: #5b6b7f }
  .need-head { fill: #b35900 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #12171e }
    .phase { fill: #1e2733; stroke: #93a4b8 }
    .box { stroke: #93a4b8 }
    text { fill: #e6edf5 }
    .arrow { stroke: #93a4b8 }
    .need { stroke: #ffab5e }
    .head { fill: #93a4b8 }
    .need-head { fill: #ffab5e }
  }
`;

/** Returns the picture. The summary of a phase is shown when the pointer rests on it. */
export function drawSvg(workflow: Workflow<never>): string {
  const needs = needArrows(workflow);
  // Arrows from one phase share a lane.
  const lanes = [...new Set(needs.map(({ from }) => from.index))];
  const layout = layOut(workflow, lanes.length);
  const { width, height } = layout;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escape(`Phases of ${workflow.name}`)}</title>`,
    `<style>${style}</style>`,
    `<defs>${marker('head')}${marker('need-head')}</defs>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    ...layout.phases.map(drawPhase),
    ...orderArrows(workflow).map(({ from, to }) => drawOrder(find(layout, from), find(layout, to))),
    ...needs.map(({ from, to }) => drawNeed(find(layout, from), find(layout, to), laneX(layout, lanes.indexOf(from.index), lanes.length))),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}

function drawPhase({ place, x, y, width, height }: Placed): string {
  const { name, summary, hidden } = place.phase;
  const names = [isBox(place) ? 'box' : 'phase', ...(hidden === true ? ['hidden'] : [])].join(' ');
  const rectangle = `<rect class="${names}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"/>`;
  return `<g><title>${escape(`${place.path}: ${summary}`)}</title>${rectangle}<text x="${x + 12}" y="${y + 20}">${escape(name)}</text></g>`;
}

function drawOrder(from: Placed, to: Placed): string {
  const x = from.x + 24;
  return `<path class="arrow" marker-end="url(#head)" d="M ${x} ${from.y + from.height} V ${to.y - 2}"/>`;
}

/** Leaves the needed phase to the right, goes down in a lane of its own and comes back to the one that needs it. */
function drawNeed(from: Placed, to: Placed, lane: number): string {
  const path = `M ${from.x + from.width} ${from.y + 15} H ${lane} V ${to.y + 15} H ${to.x + to.width + 2}`;
  return `<path class="need" marker-end="url(#need-head)" d="${path}"/>`;
}

function laneX({ width }: Layout, lane: number, lanes: number): number {
  return width - sizes.margin / 2 - (lanes - lane - 1) * sizes.needLane;
}

function find(layout: Layout, { index }: FlatPhase): Placed {
  const placed = layout.phases[index];
  if (placed === undefined) throw new RangeError(`no phase at position ${index}`);
  return placed;
}

function marker(name: string): string {
  const shape = `<path class="${name}" d="M 0 0 L 8 4 L 0 8 z"/>`;
  return `<marker id="${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">${shape}</marker>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
