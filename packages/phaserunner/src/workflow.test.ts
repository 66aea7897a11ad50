import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineFlags, type Flag } from './flags.ts';
import { definePhase, type Phase, type Result } from './phase.ts';
import { isProblemError } from './problems.ts';
import { runWorkflow } from './run.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';
import type { Workflow } from './workflow.ts';

const base = { name: 'demo', summary: 'A workflow for tests' };

function summariesOf(phases: readonly Phase<unknown, never>[], more: Partial<Workflow<unknown, never>> = {}): readonly string[] {
  try {
    defineWorkflow({ ...base, ...more, phases });
  } catch (error) {
    if (!isProblemError(error)) throw error;
    expect(new Set(error.problems.map(({ code }) => code))).toEqual(new Set(['WORKFLOW_INVALID']));
    expect(error.problems.every(({ remedy }) => remedy !== undefined)).toBe(true);
    return error.problems.map(({ summary }) => summary);
  }
  return [];
}

const own = (name: string, fields: Partial<Flag> = {}): Flag => ({ name, type: 'string', description: 'Own', ...fields });

describe('defineWorkflow', () => {
  it('returns the very object, frozen with everything in it', () => {
    const child = testPhase('child', { aliases: ['kid'], retry: { attempts: 2, delayMs: 0 } });
    const definition = { ...base, phases: [testPhase('parent', { phases: [child] })] };
    const workflow = defineWorkflow(definition);
    expect(workflow).toBe(definition);
    expect([workflow, workflow.phases, child.aliases, child.retry].every((part) => Object.isFrozen(part))).toBe(true);
  });

  it('accepts one phase object in two workflows and twice in one', () => {
    const phase = testPhase('shared');
    const phases = [testPhase('a', { phases: [phase] }), testPhase('b', { phases: [phase] })];
    expect(summariesOf(phases)).toEqual([]);
    expect(summariesOf([phase])).toEqual([]);
  });

  it('accepts a visible child of a hidden parent', () => {
    expect(summariesOf([testPhase('parent', { hidden: true, phases: [testPhase('child')] })])).toEqual([]);
  });

  const key: Result<unknown> = { name: 'a key', found: 'a key under the mat', there: () => false };

  it('accepts a need of what is made before, or both before and after, or by nobody', () => {
    const [needs, makes] = [testPhase('a', { needs: [key] }), { makes: [key] }];
    expect(summariesOf([testPhase('b', makes), needs])).toEqual([]);
    expect(summariesOf([testPhase('b', makes), needs, testPhase('c', makes)])).toEqual([]);
    expect(summariesOf([needs])).toEqual([]);
  });

  it('accepts one flag that two phases bring alike', () => {
    expect(
      summariesOf([testPhase('a', { flags: [own('size')] }), testPhase('b', { flags: [own('size', { description: 'The same' })] })]),
    ).toEqual([]);
  });

  it('refuses a flag of a phase with the name of one of the workflow, and one that is offered twice', () => {
    const flags = defineFlags({ size: { type: 'string', description: 'Size' } });
    const phases = [testPhase('a', { flags: [own('size')] })];
    expect(() => defineWorkflow({ ...base, flags, phases })).toThrow('phase a brings the flag --size, which the workflow has already');
    expect(() => defineWorkflow({ ...base, flags, offers: ['size', 'size'], phases: [] })).toThrow('offers the flag --size twice');
  });

  const looped: { name: string; summary: string; phases: Phase<unknown, never>[] } = {
    name: 'loop',
    summary: 'Contains itself',
    phases: [],
  };
  looped.phases.push(looped);

  const faults: readonly (readonly [string, readonly Phase<unknown, never>[], string])[] = [
    ['a malformed name', [testPhase('Big')], 'phase Big has the malformed name "Big"'],
    ['a malformed alias', [testPhase('a', { aliases: ['a b'] })], 'phase a has the malformed name "a b"'],
    ['the reserved name', [testPhase('a', { phases: [testPhase('all')] })], 'phase a/all uses the reserved name "all"'],
    ['two siblings of one name', [testPhase('a'), testPhase('a')], 'phase a has the name or alias "a", which it or a sibling has already'],
    [
      'an alias that is a name',
      [testPhase('a'), testPhase('b', { aliases: ['a'] })],
      'phase b has the name or alias "a", which its sibling a has already',
    ],
    ['an empty result', [testPhase('a', { makes: [{} as never] })], 'phase a makes a result without name, found or there'],
    ['one result twice', [testPhase('a', { makes: [key, key] })], 'phase a makes a key twice'],
    [
      'another look at a result that somebody makes',
      [testPhase('a', { makes: [key] }), testPhase('b', { makes: [{ ...key, found: 'a key in the lock' }] })],
      'phase b makes a key, found as a key in the lock, which a says is found as a key under the mat',
    ],
    [
      'a flag of its own that another one has of another type',
      [testPhase('a', { flags: [own('size')] }), testPhase('b', { flags: [own('size', { type: 'integer' })] })],
      'phase b brings the flag --size with another type, default or choice than a',
    ],
    [
      'a flag of its own that another one has with another default',
      [testPhase('a', { flags: [own('size')] }), testPhase('b', { flags: [own('size', { default: 'large' })] })],
      'phase b brings the flag --size with another type, default or choice than a',
    ],
    ['a need of nothing', [testPhase('a', { needs: ['x/y'] })], 'phase a needs x/y, which does not exist'],
    ['a need of a later phase', [testPhase('a', { needs: ['b'] }), testPhase('b')], 'phase a needs b, which does not come before it'],
    [
      'a need of what is made only after it',
      [testPhase('a', { needs: [key] }), testPhase('b', { makes: [key] }), testPhase('c', { makes: [key] })],
      'phase a needs a key, which is made only after it by b, c',
    ],
    [
      'a need of what its own child makes',
      [testPhase('a', { needs: [key], phases: [testPhase('b', { makes: [key] })] })],
      'phase a needs a key, which is made only after it by a/b',
    ],
    ['a need of itself', [testPhase('a', { needs: ['a'] })], 'phase a needs a, which does not come before it'],
    [
      'an unknown flag',
      [testPhase('a', { flags: ['ghost' as never] })],
      'phase a names the flag --ghost, which the workflow does not know',
    ],
    [
      'an inherited name',
      [testPhase('a', { flags: ['toString' as never] })],
      'phase a names the flag --toString, which the workflow does not know',
    ],
    [
      'a flag of its own with a malformed name',
      [testPhase('a', { flags: [{ name: 'Size', type: 'string', description: 'Size' }] })],
      'phase a brings the flag --Size, which has a malformed name',
    ],
    [
      'a flag of its own whose default is no choice',
      [testPhase('a', { flags: [{ name: 'size', type: 'string', default: 'big', choices: ['s', 'l'], description: 'Size' }] })],
      'phase a brings the flag --size, which has the default "big", which is none of its choices',
    ],
    ['a timeout of zero', [testPhase('a', { timeoutMs: 0 })], 'phase a has the timeout 0 ms'],
    ['a timeout that timers cannot hold', [testPhase('a', { timeoutMs: 2 ** 31 })], 'phase a has the timeout 2147483648 ms'],
    ['no tries', [testPhase('a', { retry: { attempts: 0, delayMs: 1 } })], 'phase a is tried 0 times'],
    ['half a try', [testPhase('a', { retry: { attempts: 1.5, delayMs: 1 } })], 'phase a is tried 1.5 times'],
    ['a negative wait', [testPhase('a', { retry: { attempts: 1, delayMs: -1 } })], 'phase a waits -1 ms before a retry'],
    ['a factor of zero', [testPhase('a', { retry: { attempts: 1, delayMs: 1, factor: 0 } })], 'phase a has the retry factor 0'],
    ['a condition without work', [{ name: 'a', summary: 'A', when: () => true }], 'phase a has "when" but no "run"'],
    ['a clean-up without work', [{ name: 'a', summary: 'A', cleanup: () => undefined }], 'phase a has "cleanup" but no "run"'],
    ['itself', [looped], 'phase loop/loop contains itself'],
  ];
  it.each(faults)('refuses a phase with %s', (_, phases, summary) => {
    expect(summariesOf(phases)).toEqual([`workflow "demo": ${summary}`]);
  });

  it('refuses one flag that is named twice', () => {
    const flag = { name: 'size', type: 'string', description: 'Size' } as const;
    expect(summariesOf([testPhase('a', { flags: [flag, flag] })])).toEqual(['workflow "demo": phase a has the flag --size twice']);
  });

  it('refuses a flag under another name and a malformed name of its own', () => {
    const flags = { size: { name: 'sizes', type: 'string', description: 'Size' } } as const;
    expect(summariesOf([], { name: 'two  words', flags })).toEqual([
      'workflow "two  words" has a malformed name',
      'workflow "two  words" lists the flag --sizes as "size"',
    ]);
  });

  it('refuses flags whose names or defaults are wrong', () => {
    const row = { type: 'string', description: 'Size' } as const;
    const flags = { Big: { name: 'Big', ...row }, size: { name: 'size', default: 'm', choices: ['s', 'l'], ...row } } as const;
    expect(summariesOf([], { flags })).toEqual([
      'workflow "demo": the flag --Big has a malformed name',
      'workflow "demo": the flag --size has the default "m", which is none of its choices',
    ]);
  });

  it('reports everything that is wrong at once', () => {
    expect(summariesOf([testPhase('A'), testPhase('b', { needs: ['c'], timeoutMs: -1 })])).toHaveLength(3);
  });
});

describe('the types', () => {
  interface Small {
    readonly cups: number;
  }
  interface Large extends Small {
    readonly beans: string;
  }

  const brew = definePhase<Small>({ name: 'brew', summary: 'Brew' });
  const grind = definePhase<Large>({ name: 'grind', summary: 'Grind' });

  it('let a phase into every workflow whose context has what it uses', () => {
    expectTypeOf(defineWorkflow<Small>({ ...base, phases: [brew] })).toExtend<Workflow<Small, never>>();
    expectTypeOf(defineWorkflow<Large>({ ...base, phases: [brew, grind] })).toExtend<Workflow<Large, never>>();
  });

  it('keep out a phase that uses more than the context has', () => {
    // @ts-expect-error grind uses beans, which Small does not have
    expectTypeOf(defineWorkflow<Small>({ ...base, phases: [grind] })).toBeObject();
  });

  it('keep out a table in which a flag has another name than its key', () => {
    const cups = { name: 'mugs', type: 'integer', description: 'Cups' } as const;
    // @ts-expect-error the flag is listed as cups
    expect(() => defineWorkflow({ ...base, flags: { cups }, phases: [] })).toThrow('lists the flag --mugs as "cups"');
  });

  it('keep out phases whose fields do not go together', () => {
    const [run, work] = [() => undefined, async () => ({ run: () => undefined })];
    // @ts-expect-error the loaded work has the run
    definePhase({ name: 'a', summary: 'A', run, work });
    // @ts-expect-error nothing is there that could be tried again
    definePhase({ name: 'a', summary: 'A', retry: { attempts: 2, delayMs: 0 } });
    definePhase({ name: 'a', summary: 'A', work, retry: { attempts: 2, delayMs: 0 }, timeoutMs: 1 });
    definePhase({ name: 'a', summary: 'A', run, when: () => true });
    definePhase({ name: 'a', summary: 'A', check: () => [], phases: [] });
  });

  it('keep out a run with both a context and an opening', () => {
    const workflow = defineWorkflow({ ...base, phases: [] });
    // @ts-expect-error the opening brings the context
    void runWorkflow(workflow, { context: {}, open: () => ({ context: {} }) });
  });

  it('keep out a flag name that the workflow does not have', () => {
    const flags = { size: { name: 'size', type: 'string', description: 'Size' } } as const;
    const sized = definePhase<Small, 'size'>({ name: 'sized', summary: 'Sized', flags: ['size'] });
    const coloured = definePhase<Small, 'colour'>({ name: 'coloured', summary: 'Coloured', flags: ['colour'] });
    expectTypeOf(defineWorkflow({ ...base, flags, phases: [sized, brew] })).toExtend<Workflow<Small, 'size'>>();
    const refused = (): unknown =>
      // @ts-expect-error the workflow has no flag of the name colour
      defineWorkflow({ ...base, flags, phases: [coloured] });
    expect(refused).toThrow('--colour');
    // @ts-expect-error a phase that says nothing about flags may not name one
    expectTypeOf(definePhase<Small>({ name: 'a', summary: 'A', flags: ['size'] })).toBeObject();
  });
});
