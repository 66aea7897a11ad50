import { describe, expect, it } from 'vitest';
import { mount } from './mount.ts';
import { definePhase, type Phase, type Work } from './phase.ts';
import { ProblemError } from './problems.ts';
import { runWorkflow } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { recordEvents } from './testing/record-events.ts';
import { runPhase } from './testing/run-phase.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

interface Kitchen {
  readonly log: string[];
  readonly milk?: boolean;
}

/** Every hook writes its name. */
const hooks: Work<Kitchen> = {
  check: ({ log }) => (log.push('check'), []),
  prepare: ({ log }) => void log.push('prepare'),
  when: ({ log }) => (log.push('when'), true),
  run: ({ log }) => void log.push('run'),
  cleanup: ({ log }, reason) => void log.push(`cleanup ${reason}`),
};

/** A phase that writes `load NAME` when its work is loaded. */
function late(name: string, log: string[], more: Partial<Phase<Kitchen, never>> = {}): Phase<Kitchen, never> {
  const work = async () => (log.push(`load ${name}`), { run: () => void log.push(`run ${name}`) });
  return { name, summary: `Summary of ${name}`, work, ...more };
}

async function run(phases: readonly Phase<Kitchen, never>[], context: Kitchen, options: Omit<RunOptions<Kitchen>, 'context'> = {}) {
  const recorder = recordEvents();
  const workflow = defineWorkflow<Kitchen>({ name: 'demo', summary: 'A workflow for tests', phases });
  const result = await runWorkflow(workflow, { clock: fakeClock(), listeners: [recorder.listener], context, ...options });
  return { result, text: recorder.text() };
}

const noWork = () => undefined;

function throwNow(): never {
  throw new Error('no module');
}

const failing = (message: string) => async (): Promise<never> => {
  throw new Error(message);
};

describe('the work of a phase that is loaded', () => {
  it('has its hooks called in the order of a run', async () => {
    const log: string[] = [];
    const { status, phases } = await runPhase<Kitchen, never>({ name: 'boil', summary: 'Boil', work: async () => hooks }, { log });
    expect(status).toBe('succeeded');
    expect(phases).toMatchObject([{ path: 'boil', status: 'succeeded' }]);
    expect(log).toEqual(['check', 'prepare', 'when', 'run']);
  });

  it('cleans up after a failure, below a loaded parent as well', async () => {
    const log: string[] = [];
    const spill = { name: 'spill', summary: 'Spill', work: async () => ({ ...hooks, run: failing('spilt') }) };
    const { problems } = await runPhase<Kitchen, never>(
      { name: 'boil', summary: 'Boil', work: async () => hooks, phases: [spill] },
      { log },
    );
    expect(problems).toMatchObject([{ code: 'PHASE_FAILED', summary: 'spilt', where: { phase: 'boil/spill' } }]);
    expect(log.slice(-2)).toEqual(['cleanup failed', 'cleanup failed']);
  });

  it('is tried again and limited in time as the words of the phase say', async () => {
    const attempts: number[] = [];
    const work = async (): Promise<Work<Kitchen>> => ({
      run: (_, { attempt }) => {
        attempts.push(attempt);
        if (attempt === 1) throw new Error('not yet');
      },
    });
    const { status } = await runPhase<Kitchen, never>(
      { name: 'boil', summary: 'Boil', retry: { attempts: 2, delayMs: 0 }, work },
      { log: [] },
    );
    expect({ status, attempts }).toEqual({ status: 'succeeded', attempts: [1, 2] });
  });

  it('may be a module, of which only the hooks count', async () => {
    const log: string[] = [];
    const module = { ...hooks, name: 'other', timeoutMs: -1, needs: ['nothing'] };
    const { result, text } = await run([{ name: 'boil', summary: 'Boil', work: async () => module }], { log });
    expect(result.phases).toMatchObject([{ path: 'boil', status: 'succeeded' }]);
    expect(text).toContain('phase-start boil 1/1');
  });

  it.each<[string, unknown, string]>([
    ['an empty module', {}, 'loads work without run: found nothing'],
    ['nothing', undefined, 'loads nothing as its work'],
    ['a default export', { default: { run: noWork } }, 'loads work without run: found default'],
    ['a run that is no function', { run: null }, 'loads work whose run is nothing, not a function'],
    ['other letters', { run: noWork, cleanUp: noWork }, 'loads work with cleanUp, which is no hook; did you mean cleanup?'],
    ['a check alone', { check: () => [] }, 'loads work without run: found check'],
  ])('is refused when it is %s, also below a mounted phase', async (_, exports, says) => {
    const boil = { name: 'boil', summary: 'Boil', work: async () => exports as Work<Kitchen> };
    const phases = [boil, mount<Kitchen, Kitchen, never>({ name: 'mounted', summary: 'Mounted', phases: [boil] }, (kitchen) => kitchen)];
    const { result } = await run(phases, { log: [] });
    expect(result).toMatchObject({
      status: 'failed',
      phases: [],
      problems: ['boil', 'mounted/boil'].map((path) => ({
        code: 'WORKFLOW_INVALID',
        summary: `phase ${path} ${says}`,
        where: { phase: path, field: 'work' },
      })),
    });
  });

  it('has work in it, which the compiler sees', () => {
    // @ts-expect-error nothing is no work
    definePhase<Kitchen>({ name: 'boil', summary: 'Boil', work: async () => ({}) });
    // @ts-expect-error a check is no work
    definePhase<Kitchen>({ name: 'boil', summary: 'Boil', work: async () => ({ check: () => [] }) });
  });
});

describe('the work of a phase', () => {
  it('is loaded before the first phase runs, where the phase is selected and belongs to the run', async () => {
    const log: string[] = [];
    const withMilk = { only: 'with milk', test: ({ milk }: Kitchen) => milk === true };
    const phases = [
      late('skipped', log),
      late('foreign', log, { include: withMilk, phases: [late('child', log)] }),
      late('first', log, { phases: [late('inner', log)] }),
      late('second', log),
    ];
    await run(phases, { log }, { selection: [{ origin: '--skip-phases', skip: ['skipped'] }] });
    expect(log).toEqual(['load first', 'load inner', 'load second', 'run first', 'run inner', 'run second']);
  });

  it('is loaded for one run only', async () => {
    const log: string[] = [];
    const phases = [late('first', log)];
    await run(phases, { log });
    await run(phases, { log });
    expect(log).toEqual(['load first', 'run first', 'load first', 'run first']);
  });

  it('is not loaded when a need is missing', async () => {
    const log: string[] = [];
    const nothing = { name: 'a cup', found: 'a cup', there: () => false };
    const { result } = await run([late('first', log, { needs: [nothing] })], { log });
    expect(result.problems).toMatchObject([{ code: 'PHASE_NEEDS_MISSING' }]);
    expect(log).toEqual([]);
  });

  it('that cannot be loaded is a problem of its phase, told with all others before anything is checked or runs', async () => {
    const log: string[] = [];
    const own = { code: 'PARTS_MISSING', summary: 'a part is missing' };
    const phases = [
      testPhase<Kitchen>('before', { log, check: () => (log.push('check'), []) }),
      late('first', log, { work: failing('no disk') }),
      late('second', log, { work: throwNow }),
      late('third', log, { work: () => Promise.reject(new ProblemError(own)) }),
    ];
    const { result, text } = await run(phases, { log });
    expect(result).toMatchObject({
      status: 'failed',
      phases: [],
      remaining: ['before', 'first', 'second', 'third'],
      problems: [
        { code: 'PHASE_FAILED', summary: 'no disk', where: { phase: 'first' } },
        { code: 'PHASE_FAILED', summary: 'no module', where: { phase: 'second' } },
        { code: 'PARTS_MISSING', where: { phase: 'third' } },
      ],
    });
    expect(text).not.toContain('phase-start');
    expect(log).toEqual([]);
  });

  it('that does not arrive is not waited for when the run is cancelled', async () => {
    const controller = new AbortController();
    const work = () => {
      controller.abort();
      return new Promise<never>(() => {});
    };
    const clock = fakeClock();
    const running = run([late('first', [], { work })], { log: [] }, { signal: controller.signal, clock });
    await clock.advance(0);
    expect((await running).result).toMatchObject({ status: 'cancelled', phases: [], remaining: ['first'] });
  });

  it.each(Object.keys(hooks))('is refused beside a %s of the phase itself', (hook) => {
    const both = definePhase<Kitchen>({ name: 'boil', summary: 'Boil', work: async () => hooks, [hook]: () => [] });
    expect(() => defineWorkflow<Kitchen>({ name: 'demo', summary: 'A workflow for tests', phases: [both] })).toThrow(
      `phase boil has both "work" and "${hook}"`,
    );
  });
});
