import { describe, expect, it } from 'vitest';
import { renderGraph, type GraphFormat } from './graph.ts';
import { testPhase } from './testing/test-phase.ts';
import { flatten } from './tree.ts';
import { defineWorkflow } from './define-workflow.ts';

const workflow = defineWorkflow({
  name: 'demo',
  summary: 'A workflow for tests',
  phases: [
    testPhase('start', { summary: 'Look if "all" is <well> & good' }),
    testPhase('keys', {
      phases: [
        testPhase('ca'),
        testPhase('inner', { needs: ['keys'], phases: [testPhase('server', { needs: ['keys/ca'] }), testPhase('client')] }),
      ],
    }),
    testPhase('end', { hidden: true, needs: ['keys', 'start'] }),
  ],
});

const formats: readonly GraphFormat[] = ['mermaid', 'dot', 'svg'];

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function toEdges([, x, y, width, height]: RegExpMatchArray): Edges {
  return { left: Number(x), top: Number(y), right: Number(x) + Number(width), bottom: Number(y) + Number(height) };
}

function isInside(part: Edges | undefined, whole: Edges): boolean {
  if (part === undefined) return false;
  return part.left > whole.left && part.top > whole.top && part.right < whole.right && part.bottom < whole.bottom;
}

describe('the graph', () => {
  it.each(formats)('as %s looks as committed', async (format) => {
    await expect(renderGraph(workflow, format)).toMatchFileSnapshot(`golden/graph.${format === 'mermaid' ? 'mmd' : format}`);
  });

  it.each(formats)('as %s of a workflow without phases is still a graph', (format) => {
    const empty = defineWorkflow({ name: 'empty', summary: 'No phases', phases: [] });
    expect(renderGraph(empty, format)).toMatch(/^(flowchart TD|digraph "empty"|<svg )/);
  });

  it('as svg escapes text and nests rectangles inside their parents', () => {
    const svg = renderGraph(workflow, 'svg');
    expect(svg).toContain('Look if &quot;all&quot; is &lt;well&gt; &amp; good');
    const rectangles = [...svg.matchAll(/<rect class="(?:box|phase)[^"]*" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)].map(toEdges);
    const inside = flatten(workflow).map((_, inner) =>
      rectangles.flatMap((whole, outer) => (isInside(rectangles[inner], whole) ? [outer] : [])),
    );
    // start; keys; keys/ca; keys/inner; keys/inner/server; keys/inner/client; end
    expect(inside).toEqual([[], [], [1], [1], [1, 3], [1, 3], []]);
    const tops = rectangles.map(({ top }) => top);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  });
});
