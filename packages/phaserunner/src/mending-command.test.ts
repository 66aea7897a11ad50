import { describe, expect, it } from 'vitest';
import type { Problem } from './problems.ts';
import { ProblemError } from './problems.ts';
import type { Phase, Result } from './phase.ts';
import { runWorkflow } from './run.ts';
import type { RunSettings } from './run-options.ts';
import { recordEvents } from './testing/record-events.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

const key: Result<unknown> = { name: 'a key', found: 'a key under the mat', there: () => true };
const locked: Problem = { code: 'LOCKED', summary: 'the door is locked', make: 'a key' };
const fails = (problem: Problem) => () => Promise.reject(new ProblemError(problem));
const typed: RunSettings = { commandOf: (path) => `demo phase ${path.replaceAll('/', ' ')}` };

const speechless: RunSettings = {
  commandOf: () => {
    throw new Error('no words');
  },
};

/** Two makers of the key, then a door that fails with `problem` on each of two tries. */
async function run(problem: Problem, settings: RunSettings) {
  const recorder = recordEvents();
  const keys = { name: 'keys', summary: 'Keys', phases: [testPhase('cut', { makes: [key] }), testPhase('find', { makes: [key] })] };
  const door = testPhase('door', { retry: { attempts: 2, delayMs: 0 }, run: fails(problem) });
  const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases: [keys, door] });
  const result = await runWorkflow(workflow, { context: {}, listeners: [recorder.listener], ...settings });
  return { result, events: recorder.events };
}

/** What the first problem of a run of `phases` says to run. */
async function commandOfFailure(...phases: readonly Phase<unknown, never>[]): Promise<string | undefined> {
  const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases });
  return (await runWorkflow(workflow, { context: {}, ...typed })).problems?.[0]?.command;
}

describe('a problem that a phase can mend', () => {
  it('has the command of the first phase that makes what is missing, wherever it is told', async () => {
    const { result, events } = await run(locked, typed);
    const command = 'demo phase keys cut';
    expect(result.problems).toMatchObject([{ ...locked, command }]);
    expect(events.find(({ type }) => type === 'phase-retry')).toMatchObject({ problem: { ...locked, command } });
    expect(events.findLast(({ type }) => type === 'phase-end')).toMatchObject({ problems: [{ ...locked, command }] });
    expect(events.at(-1)).toMatchObject({ type: 'run-end', problems: [{ ...locked, command }] });
  });

  it('has it also when a check finds it, or when the run cannot be opened', async () => {
    const workflow = defineWorkflow({
      name: 'demo',
      summary: 'A workflow for tests',
      phases: [testPhase('cut', { makes: [key] }), testPhase('door', { check: () => [locked] })],
    });
    const checked = await runWorkflow(workflow, { context: {}, ...typed });
    const opened = await runWorkflow(workflow, { open: fails(locked), ...typed });
    for (const { problems } of [checked, opened]) expect(problems).toMatchObject([{ code: 'LOCKED', command: 'demo phase cut' }]);
  });

  it.each<[string, Problem, RunSettings]>([
    ['nobody knows commands', locked, {}],
    ['no phase makes what is missing', { ...locked, make: 'a crowbar' }, typed],
    ['it names no result', { code: 'LOCKED', summary: 'the door is locked' }, typed],
  ])('has no command when %s', async (_, problem, settings) => {
    const { result, events } = await run(problem, settings);
    expect(result.problems?.[0]).not.toHaveProperty('command');
    expect(JSON.stringify(events)).not.toContain('"command"');
  });

  it('has the command of another maker where the first one does not belong to the run, or is the one that has the problem', async () => {
    const never = { include: { only: 'never', test: () => false } };
    const cut = testPhase('cut', { makes: [key], ...never });
    const find = testPhase('find', { makes: [key], run: fails(locked) });
    const lend = testPhase('lend', { makes: [key] });
    expect(await commandOfFailure(cut, find, lend)).toBe('demo phase lend');
    expect(await commandOfFailure(cut, find)).toBe(undefined);
  });

  it('has the command of the phase around all makers where several results are missing', async () => {
    const other: Result<unknown> = { ...key, name: 'a lamp' };
    const door = testPhase('door', { run: fails({ ...locked, make: ['a key', 'a lamp'] }) });
    const commandFor = (...phases: readonly Phase<unknown, never>[]) => commandOfFailure(...phases, door);
    const [cut, light] = [testPhase('cut', { makes: [key] }), testPhase('light', { makes: [other] })];
    expect(await commandFor({ name: 'shed', summary: 'Shed', phases: [cut, light] })).toBe('demo phase shed');
    expect(await commandFor(cut, light)).toBe(undefined);
    expect(await commandFor(testPhase('both', { makes: [key, other] }))).toBe('demo phase both');
  });

  it('has none when the command cannot be told', async () => {
    const { result } = await run(locked, speechless);
    expect(result.problems).toEqual([{ ...locked, where: { phase: 'door' } }]);
  });

  it('has none when the command for what a selection lacks cannot be told', async () => {
    const cut = testPhase('cut', { makes: [key] });
    const door = testPhase('door', { needs: [{ ...key, there: () => false }] });
    const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases: [cut, door] });
    const { problems } = await runWorkflow(workflow, { context: {}, selection: [{ only: ['door'], origin: '--only' }], ...speechless });
    expect(problems).toMatchObject([{ code: 'PHASE_NEEDS_MISSING' }]);
    expect(problems?.[0]).not.toHaveProperty('command');
  });

  it('keeps a command of its own', async () => {
    const { result } = await run({ ...locked, command: 'call a locksmith' }, typed);
    expect(result.problems).toMatchObject([{ command: 'call a locksmith' }]);
  });
});
