import { describe, expect, it } from 'vitest';
import type { Phase, Task } from './phase.ts';
import { definePhase, skip } from './phase.ts';
import { ProblemError } from './problems.ts';
import { runWorkflow } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { fakeClock } from './testing/fake-clock.ts';
import { recordEvents } from './testing/record-events.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

/** Runs the phases with a recorder and a standing clock. */
async function run<C>(phases: readonly Phase<C, never>[], options: RunOptions<C>) {
  const recorder = recordEvents();
  const workflow = defineWorkflow<C>({ name: 'demo', summary: 'A workflow for tests', phases });
  const result = await runWorkflow(workflow, { clock: fakeClock(), listeners: [recorder.listener], ...options });
  return { result, events: recorder.events, text: recorder.text() };
}

const nothing = { context: {} };

const fault = new ProblemError({ code: 'LEAK', summary: 'the kettle leaks' });

describe('a signal that is aborted with a problem', () => {
  it('makes the run fail with that, and tells where', async () => {
    const abort = new AbortController();
    const phases = [testPhase('fill', { run: () => abort.abort(fault) }), testPhase('boil')];
    const { result, events } = await run(phases, { ...nothing, signal: abort.signal });
    expect(result).toMatchObject({ status: 'failed', problems: [{ code: 'LEAK', where: { phase: 'fill' } }], remaining: ['boil'] });
    expect(events.at(-1)).toMatchObject({ type: 'run-end', status: 'failed' });
  });

  it('leaves a run failed that had failed before', async () => {
    const abort = new AbortController();
    const check = async () => {
      abort.abort(fault);
      return [{ code: 'COLD', summary: 'no heat' }];
    };
    const { result } = await run([testPhase('fill', { check })], { ...nothing, signal: abort.signal });
    expect(result.status).toBe('failed');
    expect(result.phases).toEqual([]);
  });
});

/** Says everything that a phase can say. */
function talk(_: unknown, task: Task): void {
  task.message('done');
  task.warn('careful');
  task.debug('details', 3);
  task.progress({ label: 'cups', done: 1, total: 2 });
  task.action({ kind: 'pour', summary: 'pour a cup' });
}

const boom = (): never => {
  throw new Error('the pot is empty\nlook at the tap');
};

const fails = (): Promise<never> => Promise.reject(new Error('no'));

const make = (_: unknown, task: Task): void => {
  task.message('the cup is blue');
  task.narrate('made tea');
  task.progress({ label: 'cups', done: 1, total: 2 });
  task.action({ kind: 'pour', summary: 'pour a cup' });
};

const said = async (dryRun: boolean) => {
  const { events } = await run([testPhase('tea', { run: make })], { ...nothing, dryRun });
  return events
    .filter(({ type }) => ['message', 'progress', 'action'].includes(type))
    .map((event) => ('text' in event ? event.text : event.type));
};

describe('a dry run', () => {
  it('tells what would be done, and not what is done', async () => {
    expect(await said(true)).toEqual(['the cup is blue', 'action']);
    expect(await said(false)).toEqual(['the cup is blue', 'made tea', 'progress', 'action']);
  });
});

describe('runWorkflow', () => {
  it('runs a parent before its children and tells every step', async () => {
    const log: string[] = [];
    const phases = [
      testPhase('first', { log, run: (_, task) => task.message('hello') }),
      testPhase('group', { log, phases: [testPhase('one', { log }), testPhase('two', { log })] }),
    ];
    const { result, text } = await run(phases, nothing);
    expect(log).toEqual(['first', 'group', 'group/one', 'group/two']);
    expect(result).toMatchObject({ status: 'succeeded', remaining: [] });
    expect(result.phases.map(({ path, status, attempts }) => [path, status, attempts])).toEqual([
      ['first', 'succeeded', 1],
      ['group', 'succeeded', 1],
      ['group/one', 'succeeded', 1],
      ['group/two', 'succeeded', 1],
    ]);
    expect(text).toMatchInlineSnapshot(`
      "run-start demo: 4 of 4
      phase-start first 1/4
      message first info: hello
      phase-end first succeeded
      phase-start group 2/4
      phase-end group succeeded
      phase-start group/one 3/4
      phase-end group/one succeeded
      phase-start group/two 4/4
      phase-end group/two succeeded
      run-end succeeded"
    `);
  });

  it('says nothing of phases that only group others', async () => {
    const { result, events, text } = await run([{ name: 'group', summary: 'Group', phases: [testPhase('one')] }], nothing);
    expect(text).not.toContain('phase-start group 1');
    expect(result.phases.map(({ path }) => path)).toEqual(['group/one']);
    expect(events[0]).toMatchObject({
      total: 1,
      phases: [
        { path: 'group', work: false },
        { path: 'group/one', work: true },
      ],
    });
  });

  it('stamps events with schema, gapless numbers and the time of the clock', async () => {
    const { events } = await run([testPhase('a')], { ...nothing, clock: fakeClock(1234) });
    expect(events.map(({ schema, sequence, timeMs }) => [schema, sequence, timeMs])).toEqual(
      events.map((_, index) => [1, index + 1, 1234]),
    );
  });

  it('measures the work of each phase without its children', async () => {
    const clock = fakeClock();
    const wait = (ms: number) => async () => clock.sleep(ms);
    const phases = [testPhase('parent', { run: wait(100), phases: [testPhase('child', { run: wait(30) })] })];
    const running = run(phases, { ...nothing, clock });
    await clock.advance(1000);
    const { result } = await running;
    expect([result.durationMs, ...result.phases.map(({ durationMs }) => durationMs)]).toEqual([130, 100, 30]);
  });

  it('leaves out what the selection leaves out, and says so only in the plan', async () => {
    const { result, events, text } = await run([testPhase('a'), testPhase('b')], {
      ...nothing,
      selection: [{ origin: '--skip-phases', skip: ['a'] }],
    });
    expect(result.phases.map(({ path }) => path)).toEqual(['b']);
    expect(text).not.toContain('phase-skip');
    expect(events[0]).toMatchObject({
      phases: [{ decision: { run: false, because: 'selection', reason: 'skipped by --skip-phases' } }, {}],
    });
  });

  it('succeeds with nothing to do when everything is skipped', async () => {
    const { result, text } = await run([testPhase('a')], { ...nothing, selection: [{ origin: '--skip-phases', skip: ['a'] }] });
    expect(result).toMatchObject({ status: 'succeeded', phases: [], remaining: [] });
    expect(text).toBe('run-start demo: 0 of 1\nrun-end succeeded');
  });

  it('skips with its reason a phase whose condition says so, and still asks its children', async () => {
    const log: string[] = [];
    const { result, text } = await run(
      [
        testPhase('parent', {
          log,
          when: () => Promise.resolve(skip('no key on disk')),
          phases: [testPhase('child', { log, when: () => true })],
        }),
      ],
      nothing,
    );
    expect(log).toEqual(['parent/child']);
    expect(text).toContain('phase-skip parent condition: no key on disk');
    expect(result.phases[0]).toEqual({ path: 'parent', status: 'skipped', durationMs: 0, attempts: 0, reason: 'no key on disk' });
    expect(result.status).toBe('succeeded');
  });

  it('skips a phase that does not belong to the run, with its children', async () => {
    const log: string[] = [];
    const include = { only: 'with milk', test: ({ milk }: { readonly milk: boolean }) => milk };
    const phases = [
      testPhase('foam', { log, include, phases: [testPhase<{ readonly milk: boolean }>('pour', { log })] }),
      testPhase('serve', { log }),
    ];
    const without = await run(phases, { context: { milk: false } });
    expect(log).toEqual(['serve']);
    expect(without.text).toContain('phase-skip foam membership: only with milk\nphase-skip foam/pour membership: only with milk');
    expect(without.events[0]).toMatchObject({ total: 1 });
    await run(phases, { context: { milk: true } });
    expect(log).toEqual(['serve', 'foam', 'foam/pour', 'serve']);
  });

  it('gives each phase its own view of the context', async () => {
    const seen: string[] = [];
    const see = (context: string) => {
      seen.push(context);
    };
    const phases = [
      definePhase<string>({ name: 'a', summary: 'A', when: () => true, run: see }),
      definePhase<string>({ name: 'b', summary: 'B', run: see }),
    ];
    await run(phases, { context: 'whole', scope: (context: string, task: Task) => `${context} for ${task.path}` });
    expect(seen).toEqual(['whole for a', 'whole for b']);
  });

  it('passes on what a phase says, under its path', async () => {
    const { text, events } = await run([testPhase('a', { phases: [testPhase('b', { run: talk })] })], nothing);
    expect(text).toContain(
      [
        'message a/b info: done',
        'message a/b warning: careful',
        'message a/b debug: details',
        'progress a/b cups: 1/2',
        'action a/b pour: pour a cup',
      ].join('\n'),
    );
    expect(events.find((event) => event.type === 'message' && event.level === 'debug')).toMatchObject({ verbosity: 3 });
  });

  it('hands to a phase the values of the flags that it brings itself, and no others', async () => {
    let flags: unknown;
    const own = { name: 'size', type: 'string', description: 'Size' } as const;
    const unset = { name: 'colour', type: 'string', description: 'Colour' } as const;
    const phase = testPhase('a', { flags: [own, unset], run: (_, task) => (flags = task.flags) && undefined });
    await run([phase], { ...nothing, flags: { size: 'large', other: 1 } });
    expect(flags).toStrictEqual({ size: 'large' });
  });

  it('gives a signal that is not aborted when nothing can cancel', async () => {
    let signal: AbortSignal | undefined;
    await run([testPhase('a', { run: (_, task) => void (signal = task.signal) })], nothing);
    expect(signal?.aborted).toBe(false);
  });
});

describe('notices of the caller', () => {
  it('are told once the run has started, also when it is refused', async () => {
    const notices = [
      { level: 'info', text: 'found beans' },
      { level: 'warning', text: 'few of them' },
    ] as const;
    const { text } = await run([testPhase('a')], { ...nothing, notices, selection: [{ origin: '--only', only: ['b'] }] });
    expect(text.split('\n').slice(0, 3)).toEqual(['run-start demo: 0 of 0', 'message info: found beans', 'message warning: few of them']);
  });
});

describe('going on after a failure', () => {
  it('runs the failed phase and what follows, whose needs the earlier run has met', async () => {
    const log: string[] = [];
    let broken = true;
    const phases = [
      testPhase('keys', { log, phases: [testPhase('ca', { log })] }),
      testPhase('pods', { log, needs: ['keys/ca'], run: () => (broken ? fails() : undefined) }),
      testPhase('join', { log, needs: ['keys', 'pods'] }),
    ];
    const first = await run(phases, nothing);
    broken = false;
    const second = await run(phases, { ...nothing, selection: [{ origin: '--from', from: first.result.resumeFrom ?? '' }] });
    expect(second.result.status).toBe('succeeded');
    expect(log).toEqual(['keys', 'keys/ca', 'pods', 'cleanup pods failed', 'pods', 'join']);
  });
});

describe('a failure', () => {
  const log: string[] = [];
  it('ends the run with its problem, its place and the path to go on from', async () => {
    const phases = [
      testPhase('a', { log }),
      testPhase('b', { phases: [testPhase('c', { run: boom }), testPhase('d', { log })] }),
      testPhase('e', { log }),
    ];
    const { result, text } = await run(phases, nothing);
    expect(result).toMatchObject({
      status: 'failed',
      remaining: ['b/d', 'e'],
      resumeFrom: 'b/c',
      problems: [{ code: 'PHASE_FAILED', summary: 'the pot is empty', detail: 'look at the tap', where: { phase: 'b/c' } }],
    });
    expect(result.problems?.[0]?.cause).toBeInstanceOf(Error);
    expect(log).toEqual(['a']);
    expect(text).toMatchInlineSnapshot(`
      "run-start demo: 5 of 5
      phase-start a 1/5
      phase-end a succeeded
      phase-start b 2/5
      phase-end b succeeded
      phase-start b/c 3/5
      phase-end b/c failed; PHASE_FAILED: the pot is empty
      run-end failed; PHASE_FAILED: the pot is empty"
    `);
  });

  it('keeps the problems that the phase made itself', async () => {
    const problems = [
      { code: 'POT_EMPTY', summary: 'the pot is empty', where: { object: 'pot 1' } },
      { code: 'POT_DIRTY', summary: 'the pot is dirty' },
    ];
    const { result } = await run([testPhase('a', { run: () => Promise.reject(new ProblemError(problems)) })], nothing);
    expect(result.problems).toMatchObject([
      { code: 'POT_EMPTY', where: { phase: 'a', object: 'pot 1' } },
      { code: 'POT_DIRTY', where: { phase: 'a' } },
    ]);
  });

  it('of a condition counts as a failure of its phase, whose clean-up is not called', async () => {
    const cleaned: string[] = [];
    const { result, text } = await run([testPhase('a', { log: cleaned, when: boom })], nothing);
    expect(result).toMatchObject({ status: 'failed', resumeFrom: 'a', problems: [{ code: 'PHASE_FAILED', where: { phase: 'a' } }] });
    expect(text).toContain('phase-start a 1/1\nphase-end a failed');
    expect(cleaned).toEqual([]);
  });

  it('of the scope counts as a failure of the phase', async () => {
    const { result } = await run([testPhase('a')], { ...nothing, scope: boom });
    expect(result).toMatchObject({ status: 'failed', problems: [{ summary: 'the pot is empty', where: { phase: 'a' } }] });
  });

  it('of a membership test ends the run before it starts', async () => {
    const { result, text } = await run([testPhase('a', { include: { only: 'ever', test: boom } })], nothing);
    expect(result).toMatchObject({ status: 'failed', phases: [], problems: [{ code: 'PHASE_FAILED', where: { phase: 'a' } }] });
    expect(text).not.toContain('phase-start');
  });

  it('in the selection ends the run before it starts, with all wrong names', async () => {
    const ran: string[] = [];
    const { result, text } = await run([testPhase('a', { log: ran })], { ...nothing, selection: [{ origin: '--only', only: ['x', 'y'] }] });
    expect(result.problems?.map(({ summary }) => summary)).toEqual(['invalid phase name: x', 'invalid phase name: y']);
    expect(result).toMatchObject({ status: 'failed', phases: [], remaining: [] });
    expect(result.resumeFrom).toBeUndefined();
    expect(text).toMatch(/^run-start demo: 0 of 0\nrun-end failed; PHASE_UNKNOWN/);
    expect(ran).toEqual([]);
  });
});

describe('cleaning up', () => {
  it('goes from the failed phase outwards through the parents whose work ran', async () => {
    const log: string[] = [];
    const phases = [
      testPhase('before', { log }),
      testPhase('outer', {
        log,
        phases: [
          testPhase('sibling', { log }),
          testPhase('unneeded', { log, when: () => skip('not today'), phases: [testPhase('inner', { log, run: fails })] }),
        ],
      }),
    ];
    await run(phases, nothing);
    expect(log).toEqual([
      'before',
      'outer',
      'outer/sibling',
      'outer/unneeded/inner',
      'cleanup outer/unneeded/inner failed',
      'cleanup outer failed',
    ]);
  });

  it('leaves alone a parent whose work was not selected', async () => {
    const log: string[] = [];
    const phases = [testPhase('outer', { log, phases: [testPhase('inner', { log, run: () => Promise.reject(new Error('no')) })] })];
    await run(phases, { ...nothing, selection: [{ origin: '--only', only: ['outer/inner'] }] });
    expect(log).toEqual(['outer/inner', 'cleanup outer/inner failed']);
  });

  it('reports what fails in it as a warning and goes on', async () => {
    const log: string[] = [];
    const phases = [
      testPhase('outer', { log, phases: [testPhase('inner', { log, run: fails, cleanup: () => Promise.reject(new Error('stuck')) })] }),
    ];
    const { result, text } = await run(phases, nothing);
    expect(text).toContain('message outer/inner warning: the clean-up failed: stuck');
    expect(log).toContain('cleanup outer failed');
    expect(result.problems).toMatchObject([{ summary: 'no' }]);
  });
});
