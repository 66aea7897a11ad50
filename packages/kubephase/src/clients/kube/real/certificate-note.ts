/** Says what the clock of this machine makes of a client certificate. */
import { readPem } from '../../../formats/pem/pem.ts';
import { parseCertificate } from '../../../formats/x509/certificate.ts';
import { clockNote, isoTime } from './clock-note.ts';

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
