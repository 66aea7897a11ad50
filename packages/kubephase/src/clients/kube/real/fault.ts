/** Turns what kept a request from being answered into a problem, and says what the clock of this machine has to do with it. */
import { readPem } from '../../../formats/pem.ts';
import { parseCertificate } from '../../../formats/x509/certificate.ts';
import { distrustOf } from '../../untrusted.ts';
import { kubeFailure, type KubeRequest } from '../failure.ts';

/** Those that a wrong clock can cause. */
const timely = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

const unreachable: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'its name cannot be resolved',
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was broken off',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ENOTFOUND: 'its name cannot be resolved',
};

/** Where the request went, and the time there, as far as this machine knows it. */
interface Sent {
  readonly server: string;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly nowMs: number;
}

/** The problem for a request without an answer; `error` is what `exchange` threw. */
export function networkFailure(error: unknown, request: KubeRequest, { server, nowMs }: Sent): Error {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const name = typeof code === 'string' ? code : '';
  const distrust = distrustOf(error);
  if (distrust !== undefined) {
    const clock = timely.has(name) ? `; ${clockNote(nowMs)}` : '';
    return kubeFailure('KUBE_UNTRUSTED', request, `${server}: its certificate ${distrust} (${name})${clock}`);
  }
  const text = unreachable[name];
  return kubeFailure('KUBE_UNREACHABLE', request, `${server}: ${text === undefined ? String(message) : `${text} (${name})`}`);
}

/**
 * Why a server may not accept the first certificate in `pem`, or undefined when its period gives no reason.
 * @param nowMs milliseconds since 1970-01-01T00:00:00Z
 */
export function noteOnCertificate(pem: string, nowMs: number): string | undefined {
  const block = readPem(pem).find(({ label }) => label === 'CERTIFICATE');
  if (block === undefined) return undefined;
  const { subject, notBeforeMs, notAfterMs } = parseCertificate(block.content);
  const clock = clockNote(nowMs);
  if (nowMs < notBeforeMs) return `the client certificate of ${subject.commonName} is not valid before ${isoTime(notBeforeMs)}, ${clock}`;
  if (nowMs > notAfterMs) return `the client certificate of ${subject.commonName} expired at ${isoTime(notAfterMs)}, ${clock}`;
  return undefined;
}

/** In whole seconds, as certificates count. */
function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** What to compare the times of a certificate with: a wrong clock is the usual reason when a new one is refused. */
function clockNote(nowMs: number): string {
  return `the clock of this machine says ${isoTime(nowMs)}`;
}
