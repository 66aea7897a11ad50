/** Sends one request and waits for the whole answer. */
import { request as send } from 'node:https';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
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

/** `code` of the error for an answer that did not come in time. */
export const timeoutCode = 'ETIMEDOUT';

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
      readText(response, fail, (text) => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, ...wishOf(response), text });
      });
    });
    sent.end(body?.text);
  });
}

function headersFor(body: Outgoing['body']): OutgoingHttpHeaders {
  const content = body === undefined ? {} : { 'content-type': body.type, 'content-length': Buffer.byteLength(body.text) };
  return { accept: 'application/json, */*', 'user-agent': 'kubephase', ...content };
}

function readText(response: IncomingMessage, fail: (error: Error) => void, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.once('error', fail);
  response.once('end', () => done(Buffer.concat(chunks).toString('utf8')));
}

/** API servers wish in whole seconds. */
function wishOf({ headers }: IncomingMessage): Pick<Answer, 'retryAfterS'> {
  const wish = headers['retry-after'];
  return wish !== undefined && /^\d{1,6}$/.test(wish) ? { retryAfterS: Number(wish) } : {};
}
