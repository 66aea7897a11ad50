import { describe, expect, it } from 'vitest';
import { checkNeeds } from './needs.ts';
import type { Need, Phase } from './phase.ts';
import { isProblemError, type Problem } from './problems.ts';
import { runWorkflow } from './run.ts';
import { selectPhases, type Selection } from './select.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './workflow.ts';

interface Disk {
  readonly files: readonly string[];
}

const orOnDisk: Need<Disk> = { phase: 'keys/ca', or: 'ca.crt on disk', unless: ({ files }) => Promise.resolve(files.includes('ca.crt')) };

const phases: readonly Phase<Disk, never>[] = [
  testPhase<Disk>('keys', { phases: [testPhase<Disk>('ca'), testPhase<Disk>('server', { needs: ['keys/ca'] })] }),
  {
    name: 'store',
    summary: 'Store',
    phases: [testPhase<Disk>('local', { include: { only: 'with a store', test: ({ files }) => !files.includes('no store') } })],
  },
  testPhase<Disk>('pods', { needs: [orOnDisk, 'store', 'store/local'] }),
  testPhase<Disk>('join', { needs: ['pods', 'keys/server'] }),
];
const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases });

async function missing(selection: Selection, ...files: readonly string[]): Promise<readonly Problem[]> {
  try {
    await checkNeeds(workflow, { selected: selectPhases(workflow, [{ ...selection, origin: '--skip-phases' }]), context: { files } });
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
  return [];
}

const unless = () => Promise.reject(new Error('disk broken'));

describe('needs', () => {
  const met: readonly (readonly [string, Selection, readonly string[]])[] = [
    ['everything is selected', {}, []],
    ['the phase that needs is left out too', { skip: ['keys', 'pods', 'join'] }, []],
    ['"unless" finds the result', { only: ['store', 'pods'] }, ['ca.crt']],
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
        summary: 'unresolved dependencies: pods needs keys/ca or ca.crt on disk; store; store/local',
        detail:
          'keys/ca: skipped with keys by --skip-phases; store: skipped by --skip-phases; store/local: skipped with store by --skip-phases',
        remedy: 'select keys/ca, store, store/local as well, or leave pods out too',
        where: { phase: 'pods' },
      },
      {
        code: 'PHASE_NEEDS_MISSING',
        summary: 'unresolved dependencies: join needs keys/server',
        detail: 'keys/server: skipped with keys by --skip-phases',
        remedy: 'select keys/server as well, or leave join out too',
        where: { phase: 'join' },
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
      phases: [testPhase('a'), testPhase('b', { needs: [{ phase: 'a', or: 'a file', unless }] })],
    });
    const result = await runWorkflow(broken, { context: {}, selection: [{ origin: '--only', only: ['b'] }] });
    expect(result.problems).toMatchObject([{ code: 'PHASE_FAILED', summary: 'disk broken', where: { phase: 'b' } }]);
  });
});
