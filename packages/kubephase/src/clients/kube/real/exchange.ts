/** Sends one request and waits for the whole answer, and sends it again when nothing came of it. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as send } from 'node:https';
import type { Clock } from 'phaserunner';
import { readBody } from '../../body.ts';
import type { Connection } from './connection.ts';

export interface Outgoing {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** With the query. */
  readonly path: string;
  readonly body?: { readonly type: string; readonly text: string };
  /** For everything from the connection to the last byte of the answer. */
  readonly timeoutMs: number;
}

export interface Answer {
  readonly status: number;
  /** Seconds to wait before the next try, as the server wishes. */
  readonly retryAfterS?: number;
  readonly text: string;
}

/** Several times what etcd keeps of one object; lists are not asked for. In bytes. */
const longestAnswer = 8 * 1024 * 1024;

/** `code` of the error for an answer that did not come in time. */
const timeoutCode = 'ETIMEDOUT';

/** @throws an error with the `code` of the operating system, of Node.js or of OpenSSL when there is no whole answer */
export function exchange({ server, agent, tls, headers }: Connection, { method, path, body, timeoutMs }: Outgoing): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = send(`${server}${path}`, { ...tls, agent, method, headers: { ...headers, ...headersFor(body) } });
    const timer = setTimeout(() => {
      reject(Object.assign(new Error(`no answer within ${timeoutMs / 1000} s`), { code: timeoutCode }));
      sent.destroy();
    }, timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(error);
    };
    sent.once('error', fail);
    sent.once('response', (response) => {
      readBody(response, longestAnswer)
        .then((text) => {
          clearTimeout(timer);
          return { status: response.statusCode ?? 0, ...wishOf(response), text };
        })
        .then(resolve, fail);
    });
    sent.end(body?.text);
  });
}

function headersFor(body: Outgoing['body']): OutgoingHttpHeaders {
  const content = body === undefined ? {} : { 'content-type': body.type, 'content-length': Buffer.byteLength(body.text) };
  return { accept: 'application/json, */*', 'user-agent': 'kubephase', ...content };
}

/** API servers wish in whole seconds. */
function wishOf({ headers }: IncomingMessage): Pick<Answer, 'retryAfterS'> {
  const wish = headers['retry-after'];
  return wish !== undefined && /^\d{1,6}$/.test(wish) ? { retryAfterS: Number(wish) } : {};
}

interface RetryRules {
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
