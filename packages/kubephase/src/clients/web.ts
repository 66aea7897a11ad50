/** Reads a short text over HTTP or HTTPS, through the proxy that the environment prescribes. */
import type { ClientRequest, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { readBody } from './body.ts';
import { httpsProxyFor } from '../formats/net/proxy.ts';

export interface WebRequest {
  readonly url: URL;
  /** Longest wait for the whole answer. */
  readonly timeoutMs: number;
  /** Where `HTTPS_PROXY` and `NO_PROXY` stand. Requests over plain HTTP go straight. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** PEM texts for TLS; without a CA those that the machine trusts count. */
  readonly credentials?: WebCredentials;
  readonly signal?: AbortSignal | undefined;
}

export interface WebCredentials {
  readonly caPem?: string;
  readonly client?: { readonly certificatePem: string; readonly keyPem: string };
}

export interface WebAnswer {
  readonly status: number;
  readonly body: string;
  /** Where to look instead, with a status that says so. */
  readonly location: string | undefined;
}

/** Nothing that is read this way is longer; a server that sends more is not the one that was meant. In bytes. */
const longestBody = 64 * 1024;

/**
 * One request on a connection of its own. Redirects are not followed.
 * @throws Error that says in its message why there is no answer; the reason of `signal`
 */
export async function get(request: WebRequest): Promise<WebAnswer> {
  const { timeoutMs, signal } = request;
  signal?.throwIfAborted();
  const deadline = AbortSignal.timeout(timeoutMs);
  const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  try {
    return await answerTo(request, either);
  } catch (error) {
    signal?.throwIfAborted();
    throw deadline.aborted ? new Error(`no answer within ${timeoutMs} ms`, { cause: error }) : readable(error);
  }
}

/** OpenSSL puts its reason between numbers and places in its source. */
function readable(error: unknown): unknown {
  const reason = error instanceof Error && 'reason' in error ? error.reason : undefined;
  return typeof reason === 'string' ? new Error(reason, { cause: error }) : error;
}

async function answerTo({ url, environment, credentials = {} }: WebRequest, signal: AbortSignal): Promise<WebAnswer> {
  if (url.protocol === 'http:') {
    const { request } = await import('node:http');
    return read(request(url, { agent: false, signal }));
  }
  const { request } = await import('node:https');
  const tunnel = await tunnelTo(url, environment, signal);
  try {
    return await read(
      request(url, { agent: false, signal, ...tlsOptions(credentials), ...(tunnel === undefined ? {} : { socket: tunnel }) }),
    );
  } finally {
    tunnel?.destroy();
  }
}

function tlsOptions({ caPem, client }: WebCredentials): object {
  return {
    minVersion: 'TLSv1.2',
    ...(caPem === undefined ? {} : { ca: caPem }),
    ...(client === undefined ? {} : { cert: client.certificatePem, key: client.keyPem }),
  };
}

function read(sent: ClientRequest): Promise<WebAnswer> {
  return new Promise((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (response) => {
      readBody(response, longestBody).then(
        (body) => resolve({ status: response.statusCode ?? 0, body, location: response.headers.location }),
        reject,
      );
    });
    sent.end();
  });
}

/** A connection through the proxy, or undefined when none is prescribed. The proxy sees only host and port. */
async function tunnelTo(url: URL, environment: WebRequest['environment'], signal: AbortSignal): Promise<Socket | undefined> {
  const port = Number(url.port || '443');
  const proxy = httpsProxyFor(url.hostname.replaceAll(/[[\]]/g, ''), port, environment);
  if (proxy === undefined) return undefined;
  const { request } = await import(proxy.protocol === 'https:' ? 'node:https' : 'node:http');
  const host = `${url.hostname}:${port}`;
  const headers = { host, ...authorizationFor(proxy) };
  return connected(
    request(new URL(proxy.origin), { method: 'CONNECT', path: host, headers, agent: false, signal } satisfies RequestOptions),
    proxy,
  );
}

function authorizationFor({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '' && password === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function connected(sent: ClientRequest, { host }: URL): Promise<Socket> {
  const refused = (status: number | undefined): Error => new Error(`the proxy ${host} answered with status ${status}`);
  return new Promise((resolve, reject) => {
    sent.once('error', (error) => reject(new Error(`the proxy ${host} cannot be used: ${error.message}`, { cause: error })));
    sent.once('response', ({ statusCode }) => {
      sent.destroy();
      reject(refused(statusCode));
    });
    sent.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(refused(statusCode));
    });
    sent.end();
  });
}
