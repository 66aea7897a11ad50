import { describe, expect, it } from 'vitest';
import { runWorkflow } from './run.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';
import type { Phase } from './phase.ts';
import type { SelectionPart } from './select.ts';

function run(phases: readonly Phase<unknown, never>[], selection: readonly SelectionPart[] = [], signal?: AbortSignal) {
  const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases });
  return runWorkflow(workflow, { context: {}, selection, ...(signal === undefined ? {} : { signal }) });
}

const shared = (file: string) => ({ check: () => [{ code: 'BAD', summary: 'expired', where: { file } }] });
const bad = (summary: string) => ({ check: () => [{ code: 'BAD', summary }] });

describe('checks', () => {
  it('of all selected phases are asked before any phase is prepared or runs', async () => {
    const log: string[] = [];
    const note = (text: string) => () => void log.push(text);
    const phases = [
      testPhase('a', { log, check: () => (note('check a')(), []), prepare: note('prepare a') }),
      testPhase('b', { log, check: () => Promise.resolve((note('check b')(), [])), prepare: note('prepare b') }),
    ];
    const result = await run(phases);
    expect(log).toEqual(['check a', 'check b', 'prepare a', 'prepare b', 'a', 'b']);
    expect(result.status).toBe('succeeded');
  });

  it('stop everything, with all problems in the order of the workflow and their phases', async () => {
    const log: string[] = [];
    const slowly = {
      check: () =>
        new Promise<readonly { code: string; summary: string }[]>((resolve) => setImmediate(resolve, [{ code: 'BAD', summary: 'one' }])),
    };
    const phases = [
      testPhase('a', { log, ...slowly, prepare: () => void log.push('prepare a') }),
      {
        name: 'group',
        summary: 'Group',
        ...bad('two'),
        phases: [testPhase('b', { log, check: () => Promise.reject(new Error('three')) })],
      },
      testPhase('c', {
        log,
        check: () => {
          throw new Error('four');
        },
      }),
    ];
    const result = await run(phases);
    expect(log).toEqual([]);
    expect(result).toMatchObject({ status: 'failed', phases: [], remaining: ['a', 'group/b', 'c'] });
    expect(result.resumeFrom).toBeUndefined();
    expect(result.problems?.map(({ summary, where }) => [summary, where?.phase])).toEqual([
      ['one', 'a'],
      ['two', 'group'],
      ['three', 'group/b'],
      ['four', 'c'],
    ]);
  });

  it('that find the same fault in the same place tell it once, for the first phase', async () => {
    const phases = [
      testPhase('a', shared('/ca')),
      testPhase('b', shared('/ca')),
      testPhase('c', shared('/other')),
      testPhase('d', bad('x')),
      testPhase('e', bad('x')),
    ];
    const { problems } = await run(phases);
    expect(problems?.map(({ where }) => [where?.phase, where?.file])).toEqual([
      ['a', '/ca'],
      ['c', '/other'],
      ['d', undefined],
      ['e', undefined],
    ]);
  });

  it('of phases that do not run are not asked', async () => {
    const outsider = testPhase('b', { ...bad('b'), include: { only: 'on Mondays', test: () => false } });
    const result = await run([testPhase('a', bad('a')), outsider, testPhase('c')], [{ origin: '--skip-phases', skip: ['a'] }]);
    expect(result.status).toBe('succeeded');
  });

  it('that do not end are given up when the run is cancelled', async () => {
    const controller = new AbortController();
    const check = (): Promise<never> => {
      setImmediate(() => controller.abort());
      return new Promise(() => {});
    };
    const log: string[] = [];
    const result = await run([testPhase('a', { check, log })], [], controller.signal);
    expect(result).toMatchObject({
      status: 'cancelled',
      remaining: ['a'],
      problems: [{ code: 'RUN_CANCELLED', remedy: 'run the same command again' }],
    });
    expect(log).toEqual([]);
  });
});

describe('preparations', () => {
  it('that fail stop everything before a phase runs', async () => {
    const log: string[] = [];
    const result = await run([testPhase('a', { log }), testPhase('b', { log, prepare: () => Promise.reject(new Error('no entropy')) })]);
    expect(result).toMatchObject({ status: 'failed', problems: [{ code: 'PHASE_FAILED', summary: 'no entropy', where: { phase: 'b' } }] });
    expect(log).toEqual([]);
  });
});
