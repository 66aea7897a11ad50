import { describe, expect, it } from 'vitest';
import { replacePhase } from './edit.ts';
import { checkNeeds } from './needs.ts';
import type { Phase, Result } from './phase.ts';
import { isProblemError, ProblemError, type Problem } from './problems.ts';
import { runWorkflow } from './run.ts';
import { selectPhases, type Selection } from './select.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

interface Disk {
  readonly files: readonly string[];
}

const ca: Result<Disk> = { name: 'authority', found: 'ca.crt on disk', there: ({ files }) => Promise.resolve(files.includes('ca.crt')) };

const diskPhases: readonly Phase<Disk, never>[] = [
  testPhase<Disk>('keys', { phases: [testPhase<Disk>('ca', { makes: [ca] }), testPhase<Disk>('server', { needs: ['keys/ca'] })] }),
  {
    name: 'store',
    summary: 'Store',
    phases: [testPhase<Disk>('local', { include: { only: 'with a store', test: ({ files }) => !files.includes('no store') } })],
  },
  testPhase<Disk>('pods', { needs: [ca, 'store', 'store/local'] }),
  testPhase<Disk>('join', { needs: ['pods', 'keys/server'] }),
];
const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases: diskPhases });

async function missing(selection: Selection, ...files: readonly string[]): Promise<readonly Problem[]> {
  try {
    await checkNeeds(workflow, { selected: selectPhases(workflow, [{ ...selection, origin: '--skip-phases' }]), context: { files } });
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
  return [];
}

/** What a run of `phases` without those in `skip` is refused for. */
async function refused(phases: readonly Phase<unknown, never>[], skip: readonly string[]): Promise<readonly Problem[]> {
  const demo = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases });
  return (await runWorkflow(demo, { context: {}, selection: [{ origin: '--skip-phases', skip }] })).problems ?? [];
}

const there = () => Promise.reject(new Error('disk broken'));
const unreadable = () => Promise.reject(new ProblemError({ code: 'FILE_UNREADABLE', summary: 'disk broken', where: { file: '/a' } }));

const key: Result<unknown> = { name: 'a key', found: 'a key under the mat', there: () => false };
const make = testPhase('make', { makes: [key] });
const find = testPhase('find', { makes: [key] });
const open = testPhase('open', { needs: [key] });

/** A key that stays. */
const lasting = (isThere: boolean): Result<unknown> => ({ ...key, lasting: true, there: () => isThere });
const startAfter = async (result: Result<unknown>) => {
  const phases = [testPhase('make', { makes: [result] }), testPhase('open', { needs: [result] })];
  const demo = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases });
  return (await runWorkflow(demo, { context: {}, selection: [{ origin: '--from', from: 'open' }] })).status;
};

/** Status and warnings of a run of which a phase needs a key. */
const runWithout = async (dispensable: 'always' | 'unless-real' | undefined, selection: Selection, dryRun = false) => {
  const warnings: string[] = [];
  const needed = { ...key, ...(dispensable === undefined ? {} : { dispensable }) };
  const demo = defineWorkflow({
    name: 'demo',
    summary: 'A workflow for tests',
    phases: [make, testPhase('open', { needs: [needed] }), testPhase('shut', { needs: [needed] })],
  });
  const { status } = await runWorkflow(demo, {
    context: {},
    dryRun,
    selection: [{ ...selection, origin: 'test' }],
    listeners: [(event) => void (event.type === 'message' && warnings.push(`${event.level} ${event.text}`))],
  });
  return [status, ...warnings];
};
describe('needs', () => {
  const met: readonly (readonly [string, Selection, readonly string[]])[] = [
    ['everything is selected', {}, []],
    ['the phase that needs is left out too', { skip: ['keys', 'pods', 'join'] }, []],
    ['the result is there', { only: ['store', 'pods'] }, ['ca.crt']],
    ['a child of the needed group is selected', { only: ['store/local', 'pods'] }, ['ca.crt']],
    ['the needed phase lies before the start', { from: 'pods' }, []],
    ['the needed phase lies before the start and something else is skipped', { from: 'join', skip: ['store'] }, []],
    ['the needed phase does not belong to the run', { only: ['store', 'pods'] }, ['ca.crt', 'no store']],
  ];
  it.each(met)('are met when %s', async (_, selection, files) => {
    expect(await missing(selection, ...files)).toEqual([]);
  });

  it('that are missing are told together, with what to select and why it is not', async () => {
    const problems = await missing({ skip: ['keys', 'store'] });
    expect(problems).toEqual([
      {
        code: 'PHASE_NEEDS_MISSING',
        summary: 'unresolved dependencies: 2 of the selected phases need what is neither there nor made before them',
        detail: [
          'keys/ca or ca.crt on disk, for pods (skipped with keys by --skip-phases)',
          'store, for pods (skipped by --skip-phases)',
          'store/local, for pods (skipped with store by --skip-phases)',
          'keys/server, for join (skipped with keys by --skip-phases)',
        ].join('\n'),
        remedy: 'select keys, store as well, or leave pods, join out too',
      },
    ]);
  });

  it('of one phase are in the summary, with the reasons behind', async () => {
    expect(await missing({ skip: ['keys/ca', 'keys/server', 'store', 'join'] })).toEqual([
      {
        code: 'PHASE_NEEDS_MISSING',
        summary: 'unresolved dependencies: pods needs keys/ca or ca.crt on disk; store; store/local',
        detail: 'keys/ca: skipped by --skip-phases; store: skipped by --skip-phases; store/local: skipped with store by --skip-phases',
        remedy: 'select keys/ca, store as well, or leave pods out too',
        where: { phase: 'pods' },
      },
    ]);
  });

  it('are not met before the start by a phase that is skipped as well', async () => {
    const problems = await missing({ from: 'join', skip: ['pods'] });
    expect(problems.map(({ summary }) => summary)).toEqual(['unresolved dependencies: join needs pods']);
  });

  it('are not met by a child of a phase that has work of its own', async () => {
    const strict = defineWorkflow({
      name: 'demo',
      summary: 'A workflow for tests',
      phases: [testPhase('keys', { phases: [testPhase('ca')] }), testPhase('pods', { needs: ['keys'] })],
    });
    const result = await runWorkflow(strict, { context: {}, selection: [{ origin: '--only', only: ['keys/ca', 'pods'] }] });
    expect(result.problems?.map(({ summary }) => summary)).toEqual(['unresolved dependencies: pods needs keys']);
  });

  it('stop a run before anything runs', async () => {
    const log: string[] = [];
    const listening = defineWorkflow({
      name: 'demo',
      summary: 'A workflow for tests',
      phases: [
        testPhase('a', { log }),
        testPhase('b', { log }),
        testPhase('c', { log, needs: ['a'], check: () => log.splice(0, 0, 'check') && [] }),
      ],
    });
    const result = await runWorkflow(listening, { context: {}, selection: [{ origin: '--skip-phases', skip: ['a'] }] });
    expect(result).toMatchObject({ status: 'failed', phases: [], remaining: ['b', 'c'], problems: [{ code: 'PHASE_NEEDS_MISSING' }] });
    expect(log).toEqual([]);
  });

  it('whose look at the world fails are told as a failure of the phase', async () => {
    const broken = defineWorkflow({
      name: 'demo',
      summary: 'A workflow for tests',
      phases: [testPhase('a'), testPhase('b', { needs: [{ name: 'a file', found: 'a file', there }] })],
    });
    const result = await runWorkflow(broken, { context: {}, selection: [{ origin: '--only', only: ['b'] }] });
    expect(result.problems).toMatchObject([{ code: 'PHASE_FAILED', summary: 'disk broken', where: { phase: 'b' } }]);
  });

  it('whose look fails in the same way for several phases are told once', async () => {
    const file = { name: 'a file', found: 'a file', there: unreadable };
    const broken = defineWorkflow({
      name: 'demo',
      summary: 'A workflow for tests',
      phases: [testPhase('a', { needs: [file] }), testPhase('b', { needs: [file] })],
    });
    expect((await runWorkflow(broken, { context: {} })).problems).toMatchObject([{ summary: 'disk broken', where: { phase: 'a' } }]);
  });

  describe('for a result', () => {
    it.each([[['make']], [['find']]])('are met by any of its makers: without %s', async (skip) => {
      expect(await refused([make, find, open], skip)).toEqual([]);
    });

    it('are not met by a phase that makes it only afterwards', async () => {
      expect(await refused([make, open, find], [])).toEqual([]);
      expect(await refused([make, open, find], ['make'])).toMatchObject([
        {
          summary: 'unresolved dependencies: open needs make or a key under the mat',
          remedy: 'select make as well, or leave open out too',
        },
      ]);
    });

    it('are met when none of its makers belongs to the run, but not by one that does not while another one is skipped', async () => {
      const never = { include: { only: 'never', test: () => false } };
      expect(await refused([testPhase('make', { makes: [key], ...never }), open], [])).toEqual([]);
      expect(await refused([make, testPhase('find', { makes: [key], ...never }), open], ['make'])).toMatchObject([
        {
          summary: 'unresolved dependencies: open needs make or a key under the mat',
          remedy: 'select make as well, or leave open out too',
        },
      ]);
    });

    it('name every maker, in the words of this workflow', async () => {
      expect(await refused([{ name: 'keys', summary: 'Keys', phases: [make, find] }, open], ['keys'])).toMatchObject([
        {
          summary: 'unresolved dependencies: open needs keys/make or keys/find or a key under the mat',
          detail: 'keys/make: skipped with keys by --skip-phases; keys/find: skipped with keys by --skip-phases',
          remedy: 'select keys/make or keys/find as well, or leave open out too',
        },
      ]);
    });

    it('say what has to be brought where no phase makes it', async () => {
      expect(await refused([open], [])).toMatchObject([
        {
          summary: 'unresolved dependencies: open needs a key or a key under the mat',
          remedy: 'bring a key under the mat, which no phase makes here, or leave open out too',
        },
      ]);
    });

    it('are one problem for all phases that have them, with the command that makes it', async () => {
      const demo = defineWorkflow({
        name: 'demo',
        summary: 'A workflow for tests',
        phases: [testPhase('keys', { phases: [make, testPhase('other')] }), open, testPhase('close', { needs: [key] })],
      });
      const refusal = (dryRun: boolean) =>
        runWorkflow(demo, {
          context: {},
          dryRun,
          selection: [{ origin: '--skip-phases', skip: ['keys'] }],
          commandOf: (path) => `demo phase ${path}`,
        });
      const problem = {
        code: 'PHASE_NEEDS_MISSING',
        summary: 'unresolved dependencies: open, close need keys/make or a key under the mat',
        detail: 'keys/make: skipped with keys by --skip-phases',
        remedy: 'select keys/make as well, or leave open, close out too',
      };
      expect((await refusal(false)).problems).toEqual([{ ...problem, command: 'demo phase keys/make' }]);
      // What is made in a dry run is not there afterwards.
      expect((await refusal(true)).problems).toEqual([problem]);
    });

    it('name the group in place of all its members, and every command', async () => {
      const bell: Result<unknown> = { name: 'a bell', found: 'a bell at the door', there: () => false };
      const demo = defineWorkflow({
        name: 'demo',
        summary: 'A workflow for tests',
        phases: [
          testPhase('keys', { phases: [make, testPhase('never', { include: { only: 'never', test: () => false } })] }),
          testPhase('ring', { makes: [bell] }),
          testPhase('open', { needs: [key, bell] }),
        ],
      });
      const selection = [{ origin: '--skip-phases', skip: ['keys', 'ring'] }];
      expect((await runWorkflow(demo, { context: {}, selection, commandOf: (path) => `demo ${path}` })).problems).toMatchObject([
        { remedy: 'select keys, ring as well, or leave open out too', command: 'demo keys && demo ring' },
      ]);
    });

    describe('that lasts', () => {
      it('it is looked for where the run starts behind its maker', async () => {
        expect(await startAfter(lasting(true))).toBe('succeeded');
        expect(await startAfter(lasting(false))).toBe('failed');
      });

      it('as one that does not, whoever gives the start is believed', async () => {
        expect(await startAfter(key)).toBe('succeeded');
      });
    });

    describe('that the phase can do without', () => {
      const warned = ['succeeded', 'warning open goes on, but what is still missing has to be there before it can be used: make'];

      it.each([
        ['always', false, true],
        ['always', true, true],
        ['unless-real', false, false],
        ['unless-real', true, true],
        [undefined, true, false],
      ] as const)('%s, dry run %s: goes on when it is asked for by name: %s', async (dispensable, dryRun, goesOn) => {
        expect(await runWithout(dispensable, { only: ['open'] }, dryRun)).toEqual(goesOn ? warned : ['failed']);
      });

      it('refuses a run that merely takes the phase in', async () => {
        expect(await runWithout('always', { skip: ['make'] })).toEqual(['failed']);
      });

      it('is one warning for all of them', async () => {
        expect(await runWithout('always', { only: ['open', 'shut'] })).toEqual([
          'succeeded',
          'warning open, shut go on, but what is still missing has to be there before it can be used: make',
        ]);
      });

      it('is not asked for in a workflow in which nobody makes it', async () => {
        const needs = [
          { ...key, dispensable: 'always' },
          { ...key, dispensable: 'unless-real' },
        ] as const;
        expect(await refused([testPhase('open', { needs })], [])).toEqual([]);
      });
    });

    it('are met by a phase that takes the place of a maker and makes the same', async () => {
      const demo = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases: [make, open] });
      const changed = replacePhase(demo, 'make', testPhase('buy', { makes: [key] }));
      expect((await runWorkflow(changed, { context: {} })).status).toBe('succeeded');
    });
  });
});
