/** Repeats requests that certainly or harmlessly had no effect. */
import type { Clock } from 'phaserunner';
import type { Answer } from './exchange.ts';

export interface RetryRules {
  /** The request changes nothing: it may be sent again whatever became of it. */
  readonly isRead: boolean;
  readonly clock: Clock;
}

const tries = 3;
/** For all pauses of one request together. Whoever waits longer has a window of his own. */
const longestPauseMs = 10_000;
/** Before the second try of a read; the pause doubles. */
const firstPauseMs = 200;
/** The connection was there and broke. Everything else lasts longer than these pauses. */
const brokenOff = new Set<unknown>(['ECONNRESET', 'EPIPE']);
/** With these and a wish when to come back, the server says that it did not begin. */
const busy = new Set([429, 503]);

/**
 * Sends with `attempt`, up to three times.
 *
 * | outcome                            | reads                   | writes                  |
 * |------------------------------------|-------------------------|-------------------------|
 * | 429 or 503 with `Retry-After`      | again, when it wishes   | again, when it wishes   |
 * | other 5xx, connection broken off   | again, after a moment   | the caller decides      |
 * | anything else                      | the outcome             | the outcome             |
 */
export async function withRetries(attempt: () => Promise<Answer>, { isRead, clock }: RetryRules): Promise<Answer> {
  let pausedMs = 0;
  for (let number = 1; ; number += 1) {
    const outcome = await outcomeOf(attempt);
    const pauseMs = pauseAfter(outcome, isRead, firstPauseMs * 2 ** (number - 1));
    if (pauseMs === undefined || number === tries || pausedMs + pauseMs > longestPauseMs) {
      if ('answer' in outcome) return outcome.answer;
      throw outcome.error;
    }
    pausedMs += pauseMs;
    await clock.sleep(pauseMs);
  }
}

type Outcome = { readonly answer: Answer } | { readonly error: unknown };

async function outcomeOf(attempt: () => Promise<Answer>): Promise<Outcome> {
  try {
    return { answer: await attempt() };
  } catch (error) {
    return { error };
  }
}

/** Milliseconds until the next try, or undefined when there is to be none. */
function pauseAfter(outcome: Outcome, isRead: boolean, usualMs: number): number | undefined {
  if ('error' in outcome) return isRead && brokenOff.has((outcome.error as { readonly code?: unknown }).code) ? usualMs : undefined;
  const { status, retryAfterS } = outcome.answer;
  if (busy.has(status) && retryAfterS !== undefined) return retryAfterS * 1000;
  return isRead && status >= 500 ? usualMs : undefined;
}
