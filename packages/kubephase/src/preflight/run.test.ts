import { isProblemError, type Problem } from 'phaserunner';
import { expect, it, test } from 'vitest';
import type { Check, Finding, Severity } from './check.ts';
import { performChecks, runChecks, type Stoppable } from './run.ts';

type Look = Check<Stoppable>;

const found = (name: string, severity: Severity, findings: readonly Finding[] = [{ summary: `seen by ${name}` }]): Look => ({
  name,
  severity,
  about: '',
  run: () => findings,
});

const never = (name: string, severity: Severity, timeoutMs: number): Look => ({
  name,
  severity,
  about: '',
  timeoutMs,
  run: () => new Promise(() => undefined),
});

const running = (): AbortSignal => new AbortController().signal;

interface Reported {
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
}

async function report(checks: readonly Look[], ignore: readonly string[] = []): Promise<Reported> {
  const warnings: string[] = [];
  const task = { warn: (text: string) => void warnings.push(text), debug: () => undefined };
  try {
    await runChecks(checks, { context: { signal: running() }, ignore, task });
    return { warnings, problems: [] };
  } catch (error) {
    if (!isProblemError(error)) throw error;
    return { warnings, problems: error.problems };
  }
}

const summaries = ({ problems }: Reported): readonly string[] => problems.map(({ summary }) => summary);

it('tells all errors together and in order, after the warnings', async () => {
  const result = await report([found('Two', 'error'), found('Swap', 'warning'), found('One', 'error')]);
  expect(result.warnings).toEqual(['[WARNING Swap]: seen by Swap']);
  expect(summaries(result)).toEqual(['[ERROR Two]: seen by Two', '[ERROR One]: seen by One']);
  expect(result.problems[0]).toMatchObject({ code: 'PREFLIGHT_FAILED', where: { object: 'preflight check Two' } });
  expect(result.problems[0]?.remedy).toContain('--ignore-preflight-errors=Two');
});

test.each([[['two']], [['all']]])('with %j ignored an error only warns', async (ignore) => {
  const result = await report([found('Two', 'error')], ignore);
  expect(result).toEqual({ warnings: ['[WARNING Two]: seen by Two'], problems: [] });
});

it('weighs each finding by itself where the finding says so', async () => {
  const result = await report([found('Three', 'error', [{ summary: 'lesser', severity: 'warning' }, { summary: 'bad' }])]);
  expect(result.warnings).toEqual(['[WARNING Three]: lesser']);
  expect(summaries(result)).toEqual(['[ERROR Three]: bad']);
});

it('keeps the order of the checks, whichever ends first', async () => {
  const quick = Promise.resolve([{ summary: 'early' }]);
  const slow = quick.then(async () => [{ summary: 'late' }]);
  const result = await report([
    { ...found('Slow', 'error'), run: () => slow },
    { ...found('Quick', 'error'), run: () => quick },
  ]);
  expect(summaries(result)).toEqual(['[ERROR Slow]: late', '[ERROR Quick]: early']);
});

it.each<[Severity, Reported]>([
  ['warning', { warnings: ['[WARNING Stuck]: the check did not end within 0.001 s'], problems: [] }],
  [
    'error',
    { warnings: [], problems: [expect.objectContaining({ summary: '[ERROR Stuck]: the check did not end within 0.001 s' }) as Problem] },
  ],
])('gives up a check that takes too long, with the weight of a %s', async (severity, expected) => {
  expect(await report([never('Stuck', severity, 1), found('Swap', 'warning', [])])).toEqual(expected);
});

it('tells a check whose time is over to stop', async () => {
  const reasons: unknown[] = [];
  const listening: Look = {
    ...never('Stuck', 'error', 1),
    run: ({ signal }) => new Promise(() => signal.addEventListener('abort', () => reasons.push(signal.reason))),
  };
  await report([listening]);
  expect(reasons).toEqual([new Error('the time of the check is over')]);
});

it.each([['before'], ['while']])('ends with the reason of a run that was stopped %s the checks run', async (moment) => {
  const stop = new AbortController();
  if (moment === 'before') stop.abort(new Error('stopped by the test'));
  const outcomes = performChecks([never('Stuck', 'error', Infinity)], { context: { signal: stop.signal }, ignore: ['all'] });
  stop.abort(new Error('stopped by the test'));
  await expect(outcomes).rejects.toThrow('stopped by the test');
});

it('takes what a check throws for an error, also where it only warns', async () => {
  const broken: Look = {
    ...found('Broken', 'warning'),
    run: () => {
      throw new Error('no such door');
    },
  };
  expect(summaries(await report([broken]))).toEqual(['[ERROR Broken]: no such door']);
});

it('tells of each check what became of it', async () => {
  const checks = [found('Fine', 'error', []), found('Odd', 'warning'), found('Bad', 'error'), found('Known', 'error')];
  const outcomes = await performChecks(checks, { context: { signal: running() }, ignore: ['known'] });
  expect(outcomes.map(({ name, severity, status, findings }) => [name, severity, status, findings.length])).toEqual([
    ['Fine', 'error', 'passed', 0],
    ['Odd', 'warning', 'warning', 1],
    ['Bad', 'error', 'error', 1],
    ['Known', 'error', 'ignored', 1],
  ]);
});
