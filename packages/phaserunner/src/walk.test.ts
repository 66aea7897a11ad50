/** What a walk promises and its other tests would not miss: it ends last, counts right, and keeps causes and faults apart. */
import { describe, expect, it } from 'vitest';
import type { Phase } from './phase.ts';
import { runWorkflow } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { recordEvents } from './testing/record-events.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

async function run(phases: readonly Phase<unknown, never>[], options: Partial<RunOptions<unknown>> = {}) {
  const recorder = recordEvents();
  const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases });
  const result = await runWorkflow(workflow, { context: {}, listeners: [recorder.listener], ...options });
  return { result, events: recorder.events };
}

/** Later than every promise that is settled already. */
const afterwards = () => new Promise((resolve) => setImmediate(resolve));

const never = { include: { only: 'never', test: () => false } };
const fails = (): Promise<never> => Promise.reject(new Error('no'));

describe('a walk', () => {
  it.each(['fails', 'is cancelled before the next phase'])('that %s ends after the clean-up of a parent has ended', async (how) => {
    const log: string[] = [];
    const controller = new AbortController();
    const slowly = async (): Promise<void> => {
      await afterwards();
      log.push('clean');
    };
    const phases = [
      testPhase('outer', {
        cleanup: slowly,
        phases: [testPhase('a', { run: how === 'fails' ? fails : () => controller.abort(new Error('enough')) }), testPhase('b')],
      }),
    ];
    await run(phases, {
      signal: controller.signal,
      listeners: [({ type }) => void (type === 'run-end' && log.push('end'))],
    });
    expect(log).toEqual(['clean', 'end']);
  });

  it('counts the phases that run, each with its place among them', async () => {
    const { events } = await run([testPhase('a'), testPhase('b', never), testPhase('c')]);
    const starts = events.flatMap((event) => (event.type === 'phase-start' ? [[event.path, event.index, event.total]] : []));
    expect(starts).toEqual([
      ['a', 1, 2],
      ['c', 2, 2],
    ]);
  });

  it('keeps what a phase threw when it was cancelled', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const cancelled = testPhase('a', {
      run: (_, { signal }) =>
        new Promise<void>((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error));
          controller.abort(reason);
        }),
    });
    const { result } = await run([cancelled], { signal: controller.signal });
    expect(result.problems).toMatchObject([{ code: 'RUN_CANCELLED', cause: reason }]);
  });
});

const refused = async (...found: readonly { readonly code: string; readonly summary: string; readonly detail?: string }[]) => {
  const phases = found.map((one, index) => testPhase(`p${index}`, { check: () => [{ ...one, where: { file: '/a' } }] }));
  return (await run(phases)).result.problems?.map(({ code, summary, where }) => `${code} ${summary} ${where?.phase}`);
};

describe('faults that checks find in one place', () => {
  it('are told once when they are the same', async () => {
    expect(await refused({ code: 'BAD', summary: 'torn' }, { code: 'BAD', summary: 'torn' })).toEqual(['BAD torn p0']);
  });

  it.each([
    [{ code: 'OLD', summary: 'torn' }],
    [{ code: 'BAD', summary: 'wet' }],
    [{ code: 'BAD', summary: 'torn', detail: 'at the edge' }],
  ])('are told each when they differ: %j', async (other) => {
    expect(await refused({ code: 'BAD', summary: 'torn' }, other)).toHaveLength(2);
  });
});
