import { describe, expect, it } from 'vitest';
import { planRun } from './plan.ts';
import { selectPhases } from './select.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

interface Order {
  readonly milk: boolean;
}

const workflow = defineWorkflow<Order>({
  name: 'demo',
  summary: 'A workflow for tests',
  phases: [
    testPhase('grind', { hidden: true }),
    {
      name: 'milk',
      summary: 'Milk',
      include: { only: 'with milk', test: ({ milk }) => milk },
      phases: [testPhase('foam'), testPhase('pour')],
    },
  ],
});

const selected = selectPhases(workflow, [{ origin: '--skip-phases', skip: ['milk/pour'] }]);

describe('planRun', () => {
  it('lists every phase with its place and the decision about it', () => {
    expect(planRun(workflow, selected, { milk: true })).toEqual([
      { path: 'grind', summary: 'Summary of grind', depth: 0, work: true, hidden: true, decision: { run: true } },
      { path: 'milk', summary: 'Milk', depth: 0, work: false, hidden: false, decision: { run: true } },
      { path: 'milk/foam', summary: 'Summary of foam', depth: 1, work: true, hidden: false, decision: { run: true } },
      {
        path: 'milk/pour',
        summary: 'Summary of pour',
        depth: 1,
        work: true,
        hidden: false,
        decision: { run: false, because: 'selection', reason: 'skipped by --skip-phases' },
      },
    ]);
  });

  it('takes children out with a parent that does not belong to the run', () => {
    const outside = { run: false, because: 'membership', reason: 'only with milk' };
    expect(planRun(workflow, selected, { milk: false }).map(({ decision }) => decision)).toMatchObject([
      { run: true },
      outside,
      outside,
      { run: false, because: 'selection' },
    ]);
  });

  it('says nothing of membership without a context', () => {
    expect(planRun(workflow, selected).map(({ decision }) => decision.run)).toEqual([true, true, true, false]);
  });
});
