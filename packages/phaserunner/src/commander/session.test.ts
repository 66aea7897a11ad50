import { expect, test } from 'vitest';
import type { RunResult } from '../run-options.ts';
import { brokenRun, holdSession } from './session.ts';

const result: RunResult = { status: 'cancelled', durationMs: 1, phases: [], remaining: [] };

function session() {
  const ends: RunResult[] = [];
  return { ends, context: {}, end: (ended: RunResult) => void ends.push(ended) };
}

test('a session that is open is ended with the result', async () => {
  const held = holdSession();
  const one = session();
  await held.open(() => one);
  expect(held.current()).toBe(one);
  await held.end(result);
  expect(one.ends).toEqual([result]);
});

test('a session that comes after the end is ended when it comes', async () => {
  const held = holdSession();
  const one = session();
  const late = new AbortController();
  const opening = held.open(
    () =>
      new Promise((resolve) => {
        late.signal.addEventListener('abort', () => resolve(one));
      }),
  );
  await held.end(result);
  late.abort();
  await opening;
  expect(one.ends).toEqual([result]);
  expect(held.current()).toBe(undefined);
});

test('a run that broke off counts as failed', () => {
  expect(brokenRun(new Error('odd'))).toMatchObject({ status: 'failed', problems: [{ code: 'COMMAND_FAILED', summary: 'odd' }] });
});
