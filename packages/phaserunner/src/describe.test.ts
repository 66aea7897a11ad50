import { expect, it } from 'vitest';
import { describeWorkflow } from './describe.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

it('describes a workflow as data that survives JSON', () => {
  const stone = { name: 'a stone', found: 'a stone in the garden', there: () => true };
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
        makes: [stone],
      }),
      {
        name: 'group',
        summary: 'Group',
        include: { only: 'on Mondays', test: () => true },
        phases: [testPhase('one', { needs: ['first', stone] })],
      },
    ],
  });
  const description = describeWorkflow(workflow);
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  expect(description).toEqual({
    schema: 2,
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
        makes: ['a stone'],
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
        makes: [],
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
            needs: [{ phases: ['first'] }, { result: 'a stone', phases: ['first'], or: 'a stone in the garden' }],
            makes: [],
            flags: [],
            args: [],
            children: [],
          },
        ],
      },
    ],
  });
});
