import { describe, expect, it } from 'vitest';
import type { Phase, Task } from './phase.ts';
import { runWorkflow } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { recordEvents } from './testing/record-events.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

async function run(phases: readonly Phase<unknown, never>[], options: Partial<RunOptions<unknown>> = {}, advanceMs = 3_600_000) {
  const clock = fakeClock();
  const recorder = recordEvents();
  const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases });
  const running = runWorkflow(workflow, { context: {}, clock, listeners: [recorder.listener], ...options });
  await clock.advance(advanceMs);
  return { result: await running, text: recorder.text(), waiting: clock.waiting() };
}

const forever = (): Promise<never> => new Promise(() => {});
const untilAborted = (_: unknown, { signal }: Task): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('stopped half-way')));
  });

const quiet = (_: unknown, { signal }: Task): Promise<void> => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

describe('a timeout', () => {
  it('ends a phase that looks at its signal, cleans up and fails the run', async () => {
    const log: string[] = [];
    const phases = [testPhase('outer', { log, phases: [testPhase('inner', { log, timeoutMs: 2000, run: untilAborted })] })];
    // Not a moment longer, so that a timer of the grace period would be seen.
    const { result, waiting } = await run(phases, {}, 2000);
    expect(result).toMatchObject({
      status: 'failed',
      durationMs: 2000,
      resumeFrom: 'outer/inner',
      problems: [
        {
          code: 'PHASE_TIMED_OUT',
          summary: 'phase outer/inner took longer than 2 s',
          remedy: 'find out what it waited for, then go on with --from outer/inner',
          where: { phase: 'outer/inner' },
        },
      ],
    });
    expect(String(result.problems?.[0]?.cause)).toBe('Error: stopped half-way');
    expect(log).toEqual(['outer', 'outer/inner', 'cleanup outer/inner timed-out', 'cleanup outer timed-out']);
    expect(waiting).toBe(0);
  });

  it('gives a phase that ignores its signal the grace period and then goes on without it', async () => {
    const { result } = await run([testPhase('a', { timeoutMs: 1000, run: forever })], { graceMs: 250 });
    expect(result).toMatchObject({
      durationMs: 1250,
      problems: [{ code: 'PHASE_TIMED_OUT', detail: 'it did not stop within 0.25 s after it was asked to; its work may still go on' }],
    });
  });

  it('waits five seconds when nothing else is said', async () => {
    const { result } = await run([testPhase('a', { timeoutMs: 1000, run: forever })]);
    expect(result.durationMs).toBe(6000);
  });

  it('counts also when the phase ends well after its signal', async () => {
    const { result } = await run([testPhase('a', { timeoutMs: 1000, run: quiet })]);
    expect(result).toMatchObject({ status: 'failed', problems: [{ code: 'PHASE_TIMED_OUT' }] });
  });

  it('leaves no timer behind when the phase is quicker or fails', async () => {
    const failing = testPhase('b', { timeoutMs: 1000, run: () => Promise.reject(new Error('no')) });
    const { waiting, result } = await run([testPhase('a', { timeoutMs: 1000 }), failing], {}, 0);
    expect(waiting).toBe(0);
    expect(result).toMatchObject({ durationMs: 0, problems: [{ summary: 'no' }] });
  });
});

/** Cancels as soon as the phase at `path` runs. */
function cancelDuring(path: string) {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    work: (context: unknown, task: Task): void | Promise<void> => {
      if (task.path !== path) return undefined;
      setImmediate(() => controller.abort());
      return untilAborted(context, task);
    },
  };
}

describe('cancelling', () => {
  it('stops the current phase, cleans up, and says what is done and how to go on', async () => {
    const log: string[] = [];
    const { signal, work: during } = cancelDuring('outer/b');
    const phases = [
      testPhase('outer', { log, run: during, phases: [testPhase('a', { log, run: during }), testPhase('b', { log, run: during })] }),
      testPhase('last', { log, run: during }),
    ];
    const { result, text } = await run(phases, { signal });
    expect(log).toEqual(['outer', 'outer/a', 'outer/b', 'cleanup outer/b cancelled', 'cleanup outer cancelled']);
    expect(result).toMatchObject({
      status: 'cancelled',
      remaining: ['last'],
      resumeFrom: 'outer/b',
      problems: [
        {
          code: 'RUN_CANCELLED',
          summary: 'the run was cancelled during outer/b',
          detail: 'done: outer, outer/a',
          remedy: 'go on with --from outer/b',
          where: { phase: 'outer/b' },
        },
      ],
    });
    expect(text).toContain('phase-end outer/b cancelled\nrun-end cancelled; RUN_CANCELLED');
  });

  it('before the start runs nothing', async () => {
    const log: string[] = [];
    const { result } = await run([testPhase('a', { log })], { signal: AbortSignal.abort() });
    expect(result).toMatchObject({
      status: 'cancelled',
      phases: [],
      remaining: ['a'],
      problems: [{ detail: 'no phase is done', remedy: 'run the same command again' }],
    });
    expect(result.resumeFrom).toBeUndefined();
    expect(log).toEqual([]);
  });

  it('between two phases cleans up after the parent of the next one', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    const phases = [testPhase('outer', { log, phases: [testPhase('a', { log }), testPhase('b', { log })] })];
    const listeners = [
      (event: { readonly type: string; readonly path?: string }) => {
        if (event.type === 'phase-end' && event.path === 'outer/a') controller.abort();
      },
    ];
    const { result } = await run(phases, { signal: controller.signal, listeners });
    expect(log).toEqual(['outer', 'outer/a', 'cleanup outer cancelled']);
    expect(result).toMatchObject({
      status: 'cancelled',
      remaining: ['outer/b'],
      resumeFrom: 'outer/b',
      problems: [{ summary: 'the run was cancelled' }],
    });
  });

  it('does not wait for ever for a phase that ignores its signal', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const { result } = await run([testPhase('a', { run: forever })], { signal: controller.signal, graceMs: 700 });
    expect(result).toMatchObject({ status: 'cancelled', durationMs: 700, resumeFrom: 'a' });
  });

  it('does not wait for ever for a condition', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const { result } = await run([testPhase('a', { when: forever })], { signal: controller.signal, graceMs: 700 });
    expect(result).toMatchObject({ status: 'cancelled', phases: [{ path: 'a', attempts: 0 }] });
  });

  it('aborts also the signal of a phase that has a timeout', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort('enough'));
    let reason: unknown;
    const work = (_: unknown, { signal }: Task): Promise<void> =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          resolve();
        });
      });
    const { result, waiting } = await run([testPhase('a', { timeoutMs: 1000, run: work })], { signal: controller.signal });
    expect([result.status, reason, waiting]).toEqual(['cancelled', 'enough', 0]);
  });

  it('gives the clean-up a signal that is not aborted', async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    let aborted: boolean | undefined;
    const cleanup = (_: unknown, __: unknown, { signal }: Task): void => {
      aborted = signal.aborted;
    };
    await run([testPhase('a', { run: untilAborted, cleanup })], { signal: controller.signal });
    expect(aborted).toBe(false);
  });

  it.each<[string, Parameters<typeof testPhase>[1]]>([
    ['the look for a result', { needs: [{ name: 'a key', found: 'a key', there: forever }] }],
    ['a check', { check: forever }],
    ['a preparation', { prepare: forever }],
  ])('does not wait for %s', async (_, hook) => {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const { result } = await run([testPhase('a', hook)], { signal: controller.signal });
    expect(result).toMatchObject({ status: 'cancelled', durationMs: 0, phases: [], remaining: ['a'] });
  });

  it('does not wait for ever for a clean-up, which it asks to stop', async () => {
    const controller = new AbortController();
    let signal: AbortSignal | undefined;
    const cleanup = (_: unknown, __: unknown, task: Task): Promise<never> => {
      ({ signal } = task);
      queueMicrotask(() => controller.abort());
      return forever();
    };
    const { result, text } = await run([testPhase('a', { run: () => Promise.reject(new Error('no')), cleanup })], {
      signal: controller.signal,
      graceMs: 700,
    });
    expect(result).toMatchObject({ status: 'failed', durationMs: 700 });
    expect(signal?.aborted).toBe(true);
    expect(text).toContain('message a warning: the clean-up was cut short');
  });
});
