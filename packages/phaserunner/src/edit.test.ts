import { describe, expect, expectTypeOf, it } from 'vitest';
import { appendPhase, insertAfter, insertBefore, removePhase, replacePhase } from './edit.ts';
import { defineFlags } from './flags.ts';
import type { Result } from './phase.ts';
import { makersIn } from './results.ts';
import { runWorkflow } from './run.ts';
import { testPhase } from './testing/test-phase.ts';
import { flatten } from './tree.ts';
import { defineWorkflow } from './define-workflow.ts';
import type { Workflow } from './workflow.ts';

const workflow = defineWorkflow({
  name: 'demo',
  summary: 'A workflow for tests',
  phases: [
    testPhase('first'),
    testPhase('group', { aliases: ['g'], phases: [testPhase('one'), testPhase('two')] }),
    testPhase('last', { needs: ['first'] }),
  ],
});
const before = ['first', 'group', 'group/one', 'group/two', 'last'];
const extra = testPhase('extra');

type AnyWorkflow = Workflow<unknown, never>;
const makersOf = (changed: AnyWorkflow) =>
  makersIn(changed)
    .byResult.get('a key')
    ?.map(({ path }) => path);
const pathsOf = (changed: AnyWorkflow): readonly string[] => flatten(changed).map(({ path }) => path);

describe('editing', () => {
  const cases: readonly (readonly [string, () => AnyWorkflow, readonly string[]])[] = [
    ['insertBefore at the top', () => insertBefore(workflow, 'first', extra), ['extra', ...before]],
    [
      'insertBefore below a parent',
      () => insertBefore(workflow, 'group/two', extra),
      ['first', 'group', 'group/one', 'group/extra', 'group/two', 'last'],
    ],
    [
      'insertBefore an alias',
      () => insertBefore(workflow, 'g/one', extra),
      ['first', 'group', 'group/extra', 'group/one', 'group/two', 'last'],
    ],
    [
      'insertAfter a parent, behind its children',
      () => insertAfter(workflow, 'group', extra),
      ['first', 'group', 'group/one', 'group/two', 'extra', 'last'],
    ],
    [
      'insertAfter the last child',
      () => insertAfter(workflow, 'group/two', extra),
      ['first', 'group', 'group/one', 'group/two', 'group/extra', 'last'],
    ],
    ['replacePhase, children and all', () => replacePhase(workflow, 'group', extra), ['first', 'extra', 'last']],
    ['removePhase, children and all', () => removePhase(workflow, 'group'), ['first', 'last']],
    ['appendPhase at the top', () => appendPhase(workflow, '', extra), [...before, 'extra']],
    [
      'appendPhase below a parent',
      () => appendPhase(workflow, 'group', extra),
      ['first', 'group', 'group/one', 'group/two', 'group/extra', 'last'],
    ],
    ['appendPhase below a leaf', () => appendPhase(workflow, 'last', extra), [...before, 'last/extra']],
  ];
  it.each(cases)('%s', (_, change, paths) => {
    expect(pathsOf(change())).toEqual(paths);
  });

  it('leaves the old workflow and the untouched phases as they are', () => {
    const changed = insertBefore(workflow, 'group/two', extra);
    expect(pathsOf(workflow)).toEqual(before);
    expect(changed.phases[0]).toBe(workflow.phases[0]);
    expect(Object.isFrozen(changed.phases)).toBe(true);
  });

  it('refuses a path that does not exist and names the nearest', () => {
    expect(() => removePhase(workflow, 'gruop')).toThrow('invalid phase name: gruop');
  });

  it.each([
    ['a name that a sibling has', () => insertAfter(workflow, 'first', testPhase('last')), '"last"'],
    ['taking away what another phase needs', () => removePhase(workflow, 'first'), 'phase last needs first, which does not exist'],
    [
      'moving a phase before what it needs',
      () => insertBefore(workflow, 'first', testPhase('early', { needs: ['first'] })),
      'does not come before it',
    ],
  ])('refuses %s', (_, change, message) => {
    expect(change).toThrow(message);
  });
});

describe('a phase that makes what others need', () => {
  const key: Result<unknown> = { name: 'a key', found: 'a key under the mat', there: () => false };
  const make = testPhase('make', { makes: [key] });
  const open = testPhase('open', { needs: [key] });
  const house = defineWorkflow({
    name: 'house',
    summary: 'A workflow for tests',
    phases: [testPhase('keys', { phases: [make, testPhase('copy')] }), open, testPhase('close', { needs: [key] })],
  });

  it.each([
    ['it', 'keys/make', testPhase('buy'), ['keys/buy']],
    ['a phase above it', 'keys', testPhase('shop'), ['shop']],
    [
      'a phase above it that says below what it makes',
      'keys',
      testPhase('shop', { phases: [testPhase('buy', { makes: [key] })] }),
      ['shop/buy'],
    ],
    ['it and says that it makes nothing', 'keys/make', testPhase('buy', { makes: [] }), undefined],
  ])('is followed by what replaces %s', (...[, path, phase, makers]) => {
    expect(makersOf(replacePhase(house, path, phase))).toEqual(makers);
  });

  it('is followed by an instance of a class, with its work', async () => {
    class Shop {
      readonly name = 'shop';
      readonly summary = 'Shop';
      run(): void {
        log.push('shop');
      }
    }
    const log: string[] = [];
    const changed = replacePhase(house, 'keys/make', new Shop());
    expect(makersOf(changed)).toEqual(['keys/shop']);
    expect(await runWorkflow(changed, { context: {} })).toMatchObject({ status: 'succeeded' });
    expect(log).toEqual(['shop']);
  });

  it.each(['keys', 'keys/make'])('is not taken out, nor what it stands in: %s', (path) => {
    expect(() => removePhase(house, path)).toThrow('workflow "house": no phase but keys/make makes a key, which open, close need');
  });

  it('is taken out where another one makes the same, or nobody needs it any more', () => {
    const two = insertAfter(house, 'keys/make', testPhase('find', { makes: [key] }));
    expect(makersOf(removePhase(two, 'keys/make'))).toEqual(['keys/find']);
    expect(pathsOf(removePhase(removePhase(removePhase(house, 'open'), 'close'), 'keys'))).toEqual([]);
  });
});

it('keeps the names of the flags and the types of their values', () => {
  const flags = defineFlags({ cups: { type: 'integer', default: 2, description: 'Cups' } });
  const brew = defineWorkflow<unknown, typeof flags>({ name: 'brew', summary: 'Brew', flags, phases: [testPhase('first')] });
  const edited = [
    insertBefore(brew, 'first', extra),
    insertAfter(brew, 'first', extra),
    replacePhase(brew, 'first', extra),
    appendPhase(brew, '', extra),
    removePhase(appendPhase(brew, 'first', extra), 'first/extra'),
  ];
  for (const changed of edited) expect(changed.flags).toEqual(flags);
  expectTypeOf(edited).toEqualTypeOf<Workflow<unknown, 'cups', { readonly cups: number }>[]>();
});
