import { describe, expect, it } from 'vitest';
import type { Phase, RetryPolicy } from './phase.ts';
import { runWorkflow } from './run.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { recordEvents } from './testing/record-events.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

async function run(
  phase: Phase<unknown, never>,
  { signal, onEvent }: { readonly signal?: AbortSignal; readonly onEvent?: () => void } = {},
) {
  const clock = fakeClock();
  const recorder = recordEvents();
  const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases: [phase] });
  const running = runWorkflow(workflow, {
    context: {},
    clock,
    listeners: [recorder.listener, (event) => (event.type === 'phase-retry' ? onEvent?.() : undefined)],
    ...(signal === undefined ? {} : { signal }),
  });
  await clock.advance(60_000);
  return { result: await running, text: recorder.text(), waiting: clock.waiting() };
}

/** Fails until the given try. */
function flaky(succeedsAt: number, retry: RetryPolicy, log: string[] = []): Phase<unknown, never> {
  return testPhase('a', {
    log,
    retry,
    run: (_, task) => {
      if (task.attempt < succeedsAt) throw new Error(`try ${task.attempt}`);
    },
  });
}

const throwing = (): never => {
  throw new Error('who knows');
};

describe('retries', () => {
  it('go on until a try succeeds, each wait longer by the factor, without clean-up in between', async () => {
    const log: string[] = [];
    const { result, text } = await run(flaky(4, { attempts: 5, delayMs: 100, factor: 3 }, log));
    expect(result).toMatchObject({ status: 'succeeded', durationMs: 100 + 300 + 900, phases: [{ attempts: 4 }] });
    expect(text).toContain(
      ['phase-retry a 1/5 after 100 ms: try 1', 'phase-retry a 2/5 after 300 ms: try 2', 'phase-retry a 3/5 after 900 ms: try 3'].join(
        '\n',
      ),
    );
    expect(log).toEqual(['a', 'a', 'a', 'a']);
  });

  it('end with the last failure and one clean-up when no try is left', async () => {
    const log: string[] = [];
    const { result } = await run(flaky(9, { attempts: 2, delayMs: 0 }, log));
    expect(result).toMatchObject({ status: 'failed', phases: [{ attempts: 2, status: 'failed' }], problems: [{ summary: 'try 2' }] });
    expect(log).toEqual(['a', 'a', 'cleanup a failed']);
  });

  it('end at a failure that is not worth another try', async () => {
    const asked: unknown[] = [];
    const retryable = (error: unknown) => asked.push(error) < 2;
    const { result } = await run(flaky(9, { attempts: 9, delayMs: 1, retryable }));
    expect(result.phases).toMatchObject([{ attempts: 2 }]);
    expect(asked.map(String)).toEqual(['Error: try 1', 'Error: try 2']);
  });

  it('end with a warning when the question itself fails', async () => {
    const { result, text } = await run(flaky(9, { attempts: 9, delayMs: 1, retryable: throwing }));
    expect(text).toContain('warning: not tried again, because "retryable" failed: who knows');
    expect(result).toMatchObject({ status: 'failed', problems: [{ summary: 'try 1' }] });
  });

  it('end at once when the run is cancelled while they wait', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    const phase = flaky(9, { attempts: 9, delayMs: 1000 }, log);
    const { result, waiting } = await run(phase, { signal: controller.signal, onEvent: () => controller.abort() });
    expect(result).toMatchObject({ status: 'cancelled', durationMs: 0, resumeFrom: 'a', problems: [{ code: 'RUN_CANCELLED' }] });
    expect(log).toEqual(['a', 'cleanup a cancelled']);
    expect(waiting).toBe(0);
  });

  it('follow a try that timed out and stopped', async () => {
    const stopping = testPhase('a', {
      timeoutMs: 50,
      retry: { attempts: 2, delayMs: 10 },
      run: (_, { attempt, signal }) =>
        attempt > 1 ? undefined : new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))),
    });
    const { result, text } = await run(stopping);
    expect(text).toContain('phase-retry a 1/2 after 10 ms: phase a took longer than 0.05 s');
    expect(result).toMatchObject({ status: 'succeeded', phases: [{ attempts: 2 }] });
  });

  it('do not follow a try that may still be going on', async () => {
    const log: string[] = [];
    const { result } = await run(
      testPhase('a', { log, timeoutMs: 50, retry: { attempts: 5, delayMs: 10 }, run: () => new Promise(() => {}) }),
    );
    expect(result).toMatchObject({ status: 'failed', phases: [{ attempts: 1 }], problems: [{ code: 'PHASE_TIMED_OUT' }] });
    expect(log).toEqual(['a', 'cleanup a timed-out']);
  });
});
