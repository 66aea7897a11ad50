/** The version of an etcd outside the cluster, asked over HTTP as kubeadm does: it works before anything else is set up. */
import { systemClock, type Clock } from 'phaserunner';
import type { WebAnswer, WebCredentials } from '../web.ts';
import { etcdRefused, etcdUnreachable } from './failure.ts';

export interface EtcdVersionRequest {
  /** URL of a member, such as `https://10.0.0.1:2379`. */
  readonly endpoint: string;
  readonly credentials: WebCredentials;
  /** Where the proxy variables stand. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

const timeoutMs = 10_000;
const pauseMs = 5000;
const attempts = 4;

/**
 * Asks up to four times, five seconds apart, when there is no answer or one with a status from 500 on.
 * @returns the version as etcd writes it
 * @throws ProblemError `ETCD_UNREACHABLE`, `ETCD_REQUEST_FAILED`; the reason of `signal`
 */
export async function readEtcdVersion(request: EtcdVersionRequest): Promise<string> {
  const { endpoint, clock = systemClock, signal } = request;
  const url = versionUrl(endpoint);
  for (let attempt = 1; ; attempt += 1) {
    const reply = await ask(url, request);
    if ('answer' in reply && reply.answer.status < 500) return versionIn(endpoint, reply.answer);
    if (attempt === attempts) throw failureOf(endpoint, reply);
    await clock.sleep(pauseMs, signal);
  }
}

type Reply = { readonly answer: WebAnswer } | { readonly fault: Error };

async function ask(url: URL, { environment, credentials, signal }: EtcdVersionRequest): Promise<Reply> {
  const { get } = await import('../web.ts');
  try {
    return { answer: await get({ url, timeoutMs, environment, credentials, signal }) };
  } catch (error) {
    signal?.throwIfAborted();
    return { fault: error instanceof Error ? error : new Error(String(error)) };
  }
}

function failureOf(endpoint: string, reply: Reply): Error {
  const tries = `${attempts} tries failed, the last one with`;
  if ('fault' in reply) return etcdUnreachable([endpoint], { detail: `${tries}: ${reply.fault.message}`, cause: reply.fault });
  return etcdRefused({ order, endpoint }, { detail: `${tries} status ${reply.answer.status}` });
}

const order = 'tell its version';

function versionUrl(endpoint: string): URL {
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
    throw etcdUnreachable([endpoint], { detail: 'this is not a URL of HTTP or HTTPS' });
  }
  const url = new URL(endpoint);
  url.pathname = `${url.pathname}/version`.replaceAll(/\/{2,}/g, '/');
  return url;
}

function versionIn(endpoint: string, { status, body }: WebAnswer): string {
  const version = etcdserverOf(body);
  if (version !== undefined) return version;
  throw etcdRefused({ order, endpoint }, { detail: `the answer with status ${status} is not JSON with a member "etcdserver"` });
}

function etcdserverOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null;
    return isObject && 'etcdserver' in value && typeof value.etcdserver === 'string' ? value.etcdserver : undefined;
  } catch {
    return undefined;
  }
}
