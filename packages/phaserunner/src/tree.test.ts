import { describe, expect, it } from 'vitest';
import { testPhase } from './testing/test-phase.ts';
import { findPhase, flatten } from './tree.ts';
import { defineWorkflow } from './define-workflow.ts';

const workflow = defineWorkflow({
  name: 'demo',
  summary: 'A workflow for tests',
  phases: [
    testPhase('first', { aliases: ['start'] }),
    testPhase('group', {
      aliases: ['g'],
      phases: [testPhase('one', { aliases: ['1'] }), testPhase('two', { phases: [testPhase('deep')] })],
    }),
    testPhase('last'),
  ],
});

describe('flatten', () => {
  it('lists a parent before its children and children in order', () => {
    const rows = flatten(workflow).map(({ path, depth, parent, index, end }) => [path, depth, parent, index, end]);
    expect(rows).toEqual([
      ['first', 0, undefined, 0, 1],
      ['group', 0, undefined, 1, 5],
      ['group/one', 1, 'group', 2, 3],
      ['group/two', 1, 'group', 3, 5],
      ['group/two/deep', 2, 'group/two', 4, 5],
      ['last', 0, undefined, 5, 6],
    ]);
  });

  it('gives the phase objects themselves', () => {
    expect(flatten(workflow)[0]?.phase).toBe(workflow.phases[0]);
  });
});

describe('findPhase', () => {
  it.each([
    ['first', 'first'],
    ['start', 'first'],
    ['group/1', 'group/one'],
    ['g/1', 'group/one'],
    ['g/two/deep', 'group/two/deep'],
  ])('finds %s as %s', (spelled, path) => {
    expect(findPhase(workflow, spelled)?.path).toBe(path);
  });

  it.each(['', 'one', 'First', 'group/', '/first', 'group/one/deep', 'toString'])('does not find %j', (spelled) => {
    expect(findPhase(workflow, spelled)).toBeUndefined();
  });
});
