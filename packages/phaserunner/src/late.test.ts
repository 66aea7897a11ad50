import { describe, expect, it } from 'vitest';
import { checkNeeds, renderGraph, runWorkflow } from './late.ts';
import { selectPhases } from './select.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

const workflow = defineWorkflow({
  name: 'demo',
  summary: 'A workflow for tests',
  phases: [testPhase('a'), testPhase('b', { needs: ['a'] })],
});

describe('what the package exports late', () => {
  it('runs a workflow', async () => {
    expect(await runWorkflow(workflow, { context: {} })).toMatchObject({ status: 'succeeded' });
  });

  it('checks needs', async () => {
    const selected = selectPhases(workflow, [{ origin: '--only', only: ['b'] }]);
    await expect(checkNeeds(workflow, { selected, context: {} })).rejects.toThrow('unresolved dependencies: b needs a');
  });

  it('draws a graph', async () => {
    expect(await renderGraph(workflow, 'mermaid')).toContain('p0 --> p1');
  });
});
