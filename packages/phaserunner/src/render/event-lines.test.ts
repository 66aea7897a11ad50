import { describe, expect, test } from 'vitest';
import { defineWorkflow } from '../define-workflow.ts';
import { runWorkflow } from '../run.ts';
import type { SelectionPart } from '../select.ts';
import { recordEvents } from '../testing/record-events.ts';
import { testPhase } from '../testing/test-phase.ts';
import { leftOutLines } from './event-lines.ts';

const workflow = defineWorkflow({
  name: 'brew',
  summary: 'Brew',
  phases: [
    testPhase('grind'),
    { name: 'water', summary: 'Water', phases: [testPhase('fill'), testPhase('boil')] },
    { name: 'cup', summary: 'Cup', phases: [testPhase('warm'), testPhase('pour')] },
  ],
});

async function lines(selection: readonly SelectionPart[]): Promise<readonly string[]> {
  const { events, listener } = recordEvents();
  await runWorkflow(workflow, { context: {}, selection, listeners: [listener] });
  return events.flatMap((event) => (event.type === 'run-start' ? leftOutLines(event.phases) : []));
}

describe('leftOutLines', () => {
  test('says nothing when everything runs', async () => {
    expect(await lines([])).toEqual([]);
  });

  test('names the top of a subtree in which nothing runs, once for each reason', async () => {
    expect(
      await lines([
        { skip: ['cup'], origin: 'the settings' },
        { from: 'water/boil', origin: '--from' },
      ]),
    ).toEqual([expect.stringMatching(/^before .*--from: grind, water\/fill$/), expect.stringMatching(/^skipped by the settings: cup$/)]);
  });

  test('names the siblings of what runs, but not their parent', async () => {
    expect(await lines([{ only: ['water/boil'], origin: '--only' }])).toEqual([expect.stringMatching(/: grind, water\/fill, cup$/)]);
  });
});
