/** Draws a workflow as text for a graph tool or as a picture. */
import { drawDot } from './graph/dot.ts';
import { drawMermaid } from './graph/mermaid.ts';
import { drawSvg } from './graph/svg.ts';
import type { Workflow } from './workflow.ts';

/** Languages of graphs. `svg` needs no tool to be looked at. */
export type GraphFormat = 'mermaid' | 'dot' | 'svg';

const drawings: Readonly<Record<GraphFormat, (workflow: Workflow<never>) => string>> = {
  mermaid: drawMermaid,
  dot: drawDot,
  svg: drawSvg,
};

/** See `late.ts`, where the package exports it. */
export function renderGraph(workflow: Workflow<never>, format: GraphFormat): string {
  return drawings[format](workflow);
}
