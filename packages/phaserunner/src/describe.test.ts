import { expect, it } from 'vitest';
import { describeWorkflow } from './describe.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './workflow.ts';

it('describes a workflow as data that survives JSON', () => {
  const size = { name: 'size', type: 'string', description: 'Size' } as const;
  const workflow = defineWorkflow({
    name: 'demo',
    summary: 'A workflow for tests',
    description: 'More of it',
    phases: [
      testPhase('first', {
        aliases: ['start'],
        description: 'Long',
        hidden: true,
        flags: [size],
        args: [{ name: 'cup', description: 'Which' }],
      }),
      {
        name: 'group',
        summary: 'Group',
        include: { only: 'on Mondays', test: () => true },
        phases: [testPhase('one', { needs: ['first', { phase: 'group', or: 'a file', unless: () => true }] })],
      },
    ],
  });
  const description = describeWorkflow(workflow);
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  expect(description).toEqual({
    schema: 1,
    name: 'demo',
    summary: 'A workflow for tests',
    description: 'More of it',
    phases: [
      {
        path: 'first',
        name: 'first',
        aliases: ['start'],
        summary: 'Summary of first',
        description: 'Long',
        hidden: true,
        work: true,
        needs: [],
        flags: ['size'],
        args: [{ name: 'cup', description: 'Which' }],
        children: [],
      },
      {
        path: 'group',
        name: 'group',
        aliases: [],
        summary: 'Group',
        hidden: false,
        work: false,
        needs: [],
        only: 'on Mondays',
        flags: [],
        args: [],
        children: [
          {
            path: 'group/one',
            name: 'one',
            aliases: [],
            summary: 'Summary of one',
            hidden: false,
            work: true,
            needs: [{ phase: 'first' }, { phase: 'group', or: 'a file' }],
            flags: [],
            args: [],
            children: [],
          },
        ],
      },
    ],
  });
});
