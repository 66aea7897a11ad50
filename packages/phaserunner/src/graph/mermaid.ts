/** Draws a workflow in the language of Mermaid flowcharts. */
import type { Workflow } from '../workflow.ts';
import { flatten, type FlatPhase } from '../tree.ts';
import { closeBoxes, isBox, needArrows, orderArrows } from './parts.ts';

/** Returns the flowchart. Hidden phases have a dashed border. */
export function drawMermaid(workflow: Workflow<never>): string {
  const lines = ['flowchart TD'];
  const open: FlatPhase[] = [];
  for (const place of flatten(workflow)) {
    endBoxes(lines, open, place.index);
    lines.push(`${indent(open)}${isBox(place) ? 'subgraph ' : ''}${idOf(place)}["${escape(place.phase.name)}"]`);
    if (isBox(place)) open.push(place);
  }
  endBoxes(lines, open, Infinity);
  for (const { from, to } of orderArrows(workflow)) lines.push(`  ${idOf(from)} --> ${idOf(to)}`);
  for (const { from, to } of needArrows(workflow)) lines.push(`  ${idOf(from)} -.-> ${idOf(to)}`);
  const hidden = flatten(workflow).filter(({ phase }) => phase.hidden === true);
  if (hidden.length > 0) lines.push('  classDef hidden stroke-dasharray: 4 3', `  class ${hidden.map(idOf).join(',')} hidden`);
  return `${lines.join('\n')}\n`;
}

/** Ends the boxes whose last phase lies before `index`. */
function endBoxes(lines: string[], open: FlatPhase[], index: number): void {
  for (let left = closeBoxes(open, index); left > 0; left -= 1) lines.push(`${'  '.repeat(open.length + left)}end`);
}

function indent(open: readonly FlatPhase[]): string {
  return '  '.repeat(open.length + 1);
}

/** Names such as `end` are words of the language, so ids are numbers. */
function idOf({ index }: FlatPhase): string {
  return `p${index}`;
}

function escape(text: string): string {
  return text.replaceAll('"', '#quot;');
}
