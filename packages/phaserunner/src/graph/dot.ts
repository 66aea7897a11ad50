/** Draws a workflow in the language of Graphviz. */
import { flatten, type FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import { closeBoxes, isBox, needArrows, orderArrows, type Arrow } from './parts.ts';

/**
 * Returns the directed graph. Boxes are clusters; because arrows cannot end at a cluster, they end at a node in it and
 * are cut off at its border (`lhead`, `ltail`).
 */
export function drawDot(workflow: Workflow<never>): string {
  const phases = flatten(workflow);
  const lines = [
    `digraph ${quote(workflow.name)} {`,
    '  compound=true;',
    '  node [shape=box, style=rounded, fontname="sans-serif"];',
    '  graph [style=rounded, fontname="sans-serif"];',
  ];
  const open: FlatPhase[] = [];
  for (const place of phases) {
    endBoxes(lines, open, place.index);
    lines.push(...draw(place, '  '.repeat(open.length + 1)));
    if (isBox(place)) open.push(place);
  }
  endBoxes(lines, open, Infinity);
  for (const arrow of orderArrows(workflow)) lines.push(drawArrow(arrow, phases, ''));
  for (const arrow of needArrows(workflow)) lines.push(drawArrow(arrow, phases, 'style=dashed'));
  lines.push('}');
  return `${lines.join('\n')}\n`;
}

function draw(place: FlatPhase, indent: string): readonly string[] {
  const { name, summary, hidden } = place.phase;
  const text = `label=${quote(name)}`;
  const tip = `tooltip=${quote(summary)}`;
  if (isBox(place)) return [`${indent}subgraph cluster_${place.index} {`, `${indent}  ${text}; ${tip};`];
  return [`${indent}p${place.index} [${[text, tip, ...(hidden === true ? ['style="rounded,dashed"'] : [])].join(', ')}];`];
}

/** Ends the boxes whose last phase lies before `index`. */
function endBoxes(lines: string[], open: FlatPhase[], index: number): void {
  for (let left = closeBoxes(open, index); left > 0; left -= 1) lines.push(`${'  '.repeat(open.length + left)}}`);
}

function drawArrow({ from, to }: Arrow, phases: readonly FlatPhase[], style: string): string {
  const attributes = [
    ...(style === '' ? [] : [style]),
    ...(isBox(from) ? [`ltail=cluster_${from.index}`] : []),
    ...(isBox(to) ? [`lhead=cluster_${to.index}`] : []),
  ];
  const tail = nodeIn(from, phases, 'last');
  const head = nodeIn(to, phases, 'first');
  return `  p${tail} -> p${head}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`};`;
}

/** Position of the first or last node, which is not a box itself, inside a phase. */
function nodeIn(place: FlatPhase, phases: readonly FlatPhase[], which: 'first' | 'last'): number {
  const nodes = phases.slice(place.index, place.end).filter((inner) => !isBox(inner));
  return (which === 'first' ? nodes[0] : nodes.at(-1))?.index ?? place.index;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', ' ')}"`;
}
