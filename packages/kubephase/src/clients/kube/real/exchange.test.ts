import { describe, expect, it } from 'vitest';
import { withRetries, type Answer } from './exchange.ts';

const ok: Answer = { status: 200, text: '{}' };
const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
const status = (code: number, retryAfterS?: number): Answer => ({
  status: code,
  text: '',
  ...(retryAfterS === undefined ? {} : { retryAfterS }),
});

/** Runs with outcomes in this order; the last one goes on for ever. Tells the pauses and the last outcome. */
async function run(
  isRead: boolean,
  outcomes: readonly (Answer | Error)[],
): Promise<{ readonly pauses: readonly number[]; readonly last: unknown }> {
  const pauses: number[] = [];
  let index = 0;
  const attempt = async (): Promise<Answer> => {
    const outcome = outcomes[Math.min(index, outcomes.length - 1)];
    index += 1;
    if (outcome === undefined || outcome instanceof Error) throw outcome ?? new Error('no outcome');
    return outcome;
  };
  const clock = { now: () => 0, sleep: async (ms: number) => void pauses.push(ms) };
  const last = await withRetries(attempt, { isRead, clock }).catch((error: unknown) => error);
  return { pauses, last };
}

describe('withRetries', () => {
  it.each<{ what: string; isRead: boolean; outcomes: readonly (Answer | Error)[]; pauses: readonly number[]; last: unknown }>([
    { what: 'a success is sent once', isRead: true, outcomes: [ok], pauses: [], last: ok },
    { what: 'a read is repeated when the connection was broken off', isRead: true, outcomes: [reset, ok], pauses: [200], last: ok },
    { what: 'a read is repeated twice at most', isRead: true, outcomes: [reset], pauses: [200, 400], last: reset },
    {
      what: 'a read is repeated when the server failed',
      isRead: true,
      outcomes: [status(500), status(504), ok],
      pauses: [200, 400],
      last: ok,
    },
    { what: 'the last failure of the server is the answer', isRead: true, outcomes: [status(500)], pauses: [200, 400], last: status(500) },
    { what: 'a read is not repeated when nothing listens', isRead: true, outcomes: [refused, ok], pauses: [], last: refused },
    { what: 'a read is not repeated when it was refused', isRead: true, outcomes: [status(403), ok], pauses: [], last: status(403) },
    { what: 'a write is not repeated when the connection was broken off', isRead: false, outcomes: [reset, ok], pauses: [], last: reset },
    { what: 'a write is not repeated when the server failed', isRead: false, outcomes: [status(500), ok], pauses: [], last: status(500) },
    {
      what: 'a write is not repeated when the server does not say when',
      isRead: false,
      outcomes: [status(503), ok],
      pauses: [],
      last: status(503),
    },
    {
      what: 'a write is repeated when a busy server wishes it',
      isRead: false,
      outcomes: [status(429, 1), status(503, 2), ok],
      pauses: [1000, 2000],
      last: ok,
    },
    { what: 'a wish of other answers is no wish', isRead: false, outcomes: [status(409, 1), ok], pauses: [], last: status(409, 1) },
    { what: 'a wish of ten seconds is fulfilled', isRead: false, outcomes: [status(429, 10), ok], pauses: [10_000], last: ok },
    { what: 'a longer wish is not fulfilled', isRead: true, outcomes: [status(429, 11), ok], pauses: [], last: status(429, 11) },
    {
      what: 'wishes are not fulfilled beyond ten seconds together',
      isRead: false,
      outcomes: [status(429, 6)],
      pauses: [6000],
      last: status(429, 6),
    },
  ])('$what', async ({ isRead, outcomes, pauses, last }) => {
    expect(await run(isRead, outcomes)).toEqual({ pauses, last });
  });
});
