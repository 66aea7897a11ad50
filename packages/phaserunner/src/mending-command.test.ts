import { describe, expect, it } from 'vitest';
import type { Problem } from './problems.ts';
import { ProblemError } from './problems.ts';
import type { Result } from './phase.ts';
import { runWorkflow } from './run.ts';
import type { RunSettings } from './run-options.ts';
import { recordEvents } from './testing/record-events.ts';
import { testPhase } from './testing/test-phase.ts';
import { defineWorkflow } from './define-workflow.ts';

const key: Result<unknown> = { name: 'a key', found: 'a key under the mat', there: () => true };
const locked: Problem = { code: 'LOCKED', summary: 'the door is locked', make: 'a key' };
const fails = (problem: Problem) => () => Promise.reject(new ProblemError(problem));
const typed: RunSettings = { commandOf: (path) => `demo phase ${path.replaceAll('/', ' ')}` };

/** Two makers of the key, then a door that fails with `problem` on each of two tries. */
async function run(problem: Problem, settings: RunSettings) {
  const recorder = recordEvents();
  const keys = { name: 'keys', summary: 'Keys', phases: [testPhase('cut', { makes: [key] }), testPhase('find', { makes: [key] })] };
  const door = testPhase('door', { retry: { attempts: 2, delayMs: 0 }, run: fails(problem) });
  const workflow = defineWorkflow({ name: 'demo', summary: 'A workflow for tests', phases: [keys, door] });
  const result = await runWorkflow(workflow, { context: {}, listeners: [recorder.listener], ...settings });
  return { result, events: recorder.events };
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

  it('keeps a command of its own', async () => {
    const { result } = await run({ ...locked, command: 'call a locksmith' }, typed);
    expect(result.problems).toMatchObject([{ command: 'call a locksmith' }]);
  });
});
