/** Turns what an API server answered into data or into a problem. */
import { isMapping } from '../../../formats/data/mapping.ts';
import { kubeFailure, type KubeCode, type KubeRequest } from '../failure.ts';
import { maskObject } from '../mask.ts';
import type { Answer } from './exchange.ts';

/** What an API server answers with when it refuses. @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
interface Status {
  readonly reason: string;
  readonly message: string;
  /** Name of the object that was asked for, when the refusal is about it. */
  readonly name: string | undefined;
  /** Fields that were refused. */
  readonly fields: readonly string[];
}

/** A request whose answer is read. */
export interface Asked extends KubeRequest {
  readonly kind: string;
}

/** In the order of their numbers. 400 and 413 are about the content as well: it cannot be read, or it is too long. */
const codes: Readonly<Record<number, KubeCode>> = {
  400: 'KUBE_INVALID',
  401: 'KUBE_UNAUTHORIZED',
  403: 'KUBE_FORBIDDEN',
  404: 'KUBE_NOT_FOUND',
  409: 'KUBE_CONFLICT',
  413: 'KUBE_INVALID',
  422: 'KUBE_INVALID',
};

/** Refusals that never quote the content of an object. */
const discreet = new Set(['AlreadyExists', 'Conflict', 'NotFound', 'Forbidden', 'Unauthorized', 'TooManyRequests']);

/** The longest text that is shown of a server that does not answer as an API server does. */
const longestQuote = 300;

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** True when the object is not there, false when the server does not know where to look for it. */
export function isMissingObject(answer: Answer, name: string): boolean {
  return answer.status === 404 && statusOf(answer).name === name;
}

/** The document in an answer. @throws ProblemError `KUBE_REQUEST_FAILED` when it is none */
export function documentOf(answer: Answer, asked: Asked): Readonly<Record<string, unknown>> {
  const document = parse(answer.text);
  if (document === undefined) throw kubeFailure('KUBE_REQUEST_FAILED', asked, 'the server answered something that is not a JSON object');
  return document;
}

/** The problem for an answer that is no success. `note` is added to the detail of refused credentials. */
export function refusal(answer: Answer, asked: Asked, note?: string): Error {
  const status = statusOf(answer);
  const code = status.reason === 'AlreadyExists' ? 'KUBE_ALREADY_EXISTS' : (codes[answer.status] ?? 'KUBE_REQUEST_FAILED');
  const said = messageFor(status, asked) || `the server answered with HTTP status ${answer.status}`;
  return kubeFailure(code, asked, note !== undefined && code === 'KUBE_UNAUTHORIZED' ? `${said}; ${note}` : said);
}

/** The server quotes values that it refuses, and those of a Secret are not to be seen; tokens may stand anywhere. */
function messageFor({ reason, message, fields }: Status, { kind }: Asked): string {
  if (kind === 'Secret' && !discreet.has(reason)) return [reason, ...fields].join(' ').trim();
  return String(maskObject({ message }, kind)['message']);
}

function statusOf({ text }: Answer): Status {
  const document = parse(text);
  if (document?.['kind'] !== 'Status') return { reason: '', message: text.trim().slice(0, longestQuote), name: undefined, fields: [] };
  const { reason, message, details } = document;
  const { name, causes } = (details ?? {}) as { readonly name?: string; readonly causes?: readonly { readonly field?: string }[] };
  return {
    reason: typeof reason === 'string' ? reason : '',
    message: typeof message === 'string' ? message : '',
    name,
    fields: (causes ?? []).flatMap(({ field }) => (field === undefined ? [] : [field])),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isMapping(document) ? document : undefined;
  } catch {
    // Proxies and servers that start answer with plain text.
    return undefined;
  }
}
