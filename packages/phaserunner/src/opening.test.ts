import { describe, expect, it } from 'vitest';
import { ProblemError } from './problems.ts';
import { runWorkflow } from './run.ts';
import type { OpenRunOptions } from './run-options.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { recordEvents } from './testing/record-events.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

interface Tea {
  readonly cups: number;
}

/** Opens and runs a workflow of one phase that tells its cups. */
async function run(open: OpenRunOptions<Tea>['open'], settings: Omit<OpenRunOptions<Tea>, 'open'> = {}) {
  const recorder = recordEvents();
  const pour = testPhase<Tea>('pour', { run: ({ cups }, task) => task.message(`${cups} cups`) });
  const workflow = defineWorkflow<Tea>({ name: 'demo', summary: 'A workflow for tests', phases: [pour] });
  const result = await runWorkflow(workflow, { clock: fakeClock(), listeners: [recorder.listener], open, ...settings });
  return { result, events: recorder.events, text: recorder.text() };
}

const context: Tea = { cups: 3 };

async function startOf(dryRun?: boolean) {
  const { events } = await run(() => ({ context, ...(dryRun === undefined ? {} : { dryRun }) }));
  return events.find(({ type }) => type === 'run-start');
}

describe('a run that is opened', () => {
  it('says so, passes on what is said meanwhile, and goes on with what came of it', async () => {
    const { result, text } = await run(async ({ message, warn }) => {
      message('asking the neighbours');
      warn('they are asleep');
      return { context, notices: [{ level: 'info', text: 'found three cups' }] };
    });
    expect(result.status).toBe('succeeded');
    expect(text).toMatchInlineSnapshot(`
      "run-open demo
      message info: asking the neighbours
      message warning: they are asleep
      run-start demo: 1 of 1
      message info: found three cups
      phase-start pour 1/1
      message pour info: 3 cups
      phase-end pour succeeded
      run-end succeeded"
    `);
  });

  it('takes the selection and the scope from what came of it', async () => {
    const { text } = await run(() => ({ context, scope: ({ cups }) => ({ cups: cups + 1 }) }));
    expect(text).toContain('message pour info: 4 cups');
    const skipped = await run(() => ({ context, selection: [{ origin: 'tea.yaml', skip: ['pour'] }] }));
    expect(skipped.result).toMatchObject({ status: 'succeeded', phases: [] });
  });

  it('says in its start that it is a dry run', async () => {
    expect(await startOf(true)).toHaveProperty('dryRun', true);
    expect(await startOf(false)).not.toHaveProperty('dryRun');
    expect(await startOf()).not.toHaveProperty('dryRun');
  });

  it('is heard by the listeners that came of it, from its start on and after those of the caller', async () => {
    const heard: string[] = [];
    const first = { listeners: [(event: { readonly type: string }) => void heard.push(`first ${event.type}`)] };
    await run(() => ({ context, listeners: [({ type }) => void heard.push(`second ${type}`)] }), first);
    expect(heard.slice(0, 3)).toEqual(['first run-open', 'first run-start', 'second run-start']);
    expect(heard.slice(-2)).toEqual(['first run-end', 'second run-end']);
  });

  it('measures the time from before it was opened', async () => {
    const clock = fakeClock();
    const running = run(
      async () => {
        await clock.sleep(70);
        return { context };
      },
      { clock },
    );
    await clock.advance(1000);
    expect((await running).result.durationMs).toBe(70);
  });
});

describe('a run that cannot be opened', () => {
  it('fails with RUN_NOT_OPENED before it starts, and ends', async () => {
    const { result, text } = await run(() => Promise.reject(new Error('no tea\nlook in the shop')));
    expect(result).toMatchObject({
      status: 'failed',
      phases: [],
      remaining: [],
      problems: [{ code: 'RUN_NOT_OPENED', summary: 'no tea', detail: 'look in the shop' }],
    });
    expect(result.resumeFrom).toBeUndefined();
    expect(text).toBe('run-open demo\nrun-end failed; RUN_NOT_OPENED: no tea');
  });

  it('fails with the problems that were thrown, at once or later', async () => {
    const problems = [
      { code: 'NO_TEA', summary: 'no tea', where: { file: 'tea.yaml' } },
      { code: 'NO_CUP', summary: 'no cup' },
    ];
    const throws = (): never => {
      throw new ProblemError(problems);
    };
    expect((await run(throws)).result.problems).toEqual(problems);
    expect((await run(() => Promise.reject(new ProblemError(problems)))).result.problems).toEqual(problems);
  });
});

const odd = (value: unknown) => value as never;

describe('what is not as its type says', () => {
  it.each([
    ['nothing', undefined, 'what the run was opened with is no object with a context'],
    ['listeners that are no list', { context, listeners: 5 }, 'the listeners of the run are no list of functions'],
    ['a listener that is no function', { context, listeners: ['x'] }, 'the listeners of the run are no list of functions'],
  ])('ends the run before it starts: %s', async (_, opened, summary) => {
    const problems = [{ code: 'RUN_NOT_OPENED', summary }];
    expect((await run(() => odd(opened))).result).toMatchObject({ status: 'failed', phases: [], problems });
  });

  it.each([5, ['x']])('ends it also among the settings: listeners %j', async (listeners) => {
    const problems = [{ code: 'RUN_NOT_OPENED' }];
    const workflow = defineWorkflow<Tea>({ name: 'demo', summary: 'A workflow for tests', phases: [testPhase('pour')] });
    expect(await runWorkflow(workflow, { context, listeners: odd(listeners) })).toMatchObject({ status: 'failed', problems });
    expect((await run(() => ({ context }), { listeners: odd(listeners) })).result).toMatchObject({ status: 'failed', problems });
  });
});

describe('a run that is cancelled while it is opened', () => {
  it('is not opened at all when it was cancelled before', async () => {
    let opened = false;
    const { result } = await run(() => ((opened = true), { context }), { signal: AbortSignal.abort() });
    expect({ opened, status: result.status }).toEqual({ opened: false, status: 'cancelled' });
  });

  it('asks the opening to stop, starts nothing, and ends', async () => {
    const controller = new AbortController();
    const seen: boolean[] = [];
    const { result, text } = await run(
      ({ signal }) => {
        controller.abort(new Error('SIGINT'));
        seen.push(signal.aborted);
        return { context };
      },
      { signal: controller.signal },
    );
    expect(seen).toEqual([true]);
    expect(result).toMatchObject({ status: 'cancelled', phases: [], remaining: [], problems: [{ code: 'RUN_CANCELLED' }] });
    expect(text).toBe('run-open demo\nrun-end cancelled; RUN_CANCELLED: the run was cancelled');
  });

  it('keeps what the opening threw as the cause', async () => {
    const controller = new AbortController();
    const stopped = new Error('stopped asking');
    const open = () => {
      controller.abort();
      return Promise.reject(stopped);
    };
    const { result } = await run(open, { signal: controller.signal });
    expect(result.problems?.[0]?.cause).toBe(stopped);
  });

  it('does not wait longer than the grace period for an opening that does not stop', async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const running = run(
      () => {
        controller.abort();
        return new Promise<never>(() => {});
      },
      { clock, signal: controller.signal, graceMs: 200 },
    );
    await clock.advance(200);
    expect((await running).result).toMatchObject({ status: 'cancelled', durationMs: 200 });
  });

  it('gives a signal that is not aborted when nothing can cancel', async () => {
    let aborted: boolean | undefined;
    await run(({ signal }) => {
      ({ aborted } = signal);
      return { context };
    });
    expect(aborted).toBe(false);
  });
});
