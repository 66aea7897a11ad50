/** Problems of certificate and key files on disk, worded for the person who has to mend them. */
import type { Problem } from 'phaserunner';
import { authorityResult } from '../../problems/results.ts';
import type { Certificate } from '../../formats/x509/certificate.ts';
import { isInPeriod } from '../../formats/x509/verify.ts';
import { problem, problemsOf } from '../../problems/catalogue.ts';

/** Certificate and key share a path up to these endings. */
export const certificateFile = (base: string): string => `${base}.crt`;
export const keyFile = (base: string): string => `${base}.key`;

/** A file whose content cannot be decoded. Its content is not quoted: it may be a key. */
export function undecodable(file: string, what: string, error: unknown): Problem {
  const [cause] = problemsOf(error, 'PKI_UNDECODABLE');
  return problem('PKI_FILE_INVALID', {
    summary: `${file} is not ${what}`,
    detail: cause.summary,
    remedy: `Restore ${file} from a backup. Without one, remove the file and what belongs to it, to have them made again.`,
    where: { file },
    cause: error,
  });
}

/** Of certificate and key only one is there, and no interrupted run left the other. */
export function incompletePair(present: string, missing: string): Problem {
  return problem('PKI_INCOMPLETE_PAIR', {
    summary: `${present} exists, but ${missing} does not`,
    detail: 'The two files only work together.',
    remedy: `Restore ${missing} from a backup, or remove ${present} to have both made again.`,
    where: { file: missing },
  });
}

export function keyMismatch(key: string, other: string): Problem {
  return problem('PKI_KEY_MISMATCH', {
    summary: `the key ${key} does not belong to ${other}`,
    detail: 'Their public keys differ.',
    remedy: 'Restore the two files that belong together, or remove both to have them made again.',
    where: { file: key },
  });
}

/** Permission bits that let others than the owner use a private key. */
const others = 0o077;

/**
 * Returns a problem when others than the owner have access to a private key.
 * @param allowed permission bits that are meant to be set
 */
export function exposedKey(file: string, mode: number, allowed = 0): Problem | undefined {
  const excess = mode & others & ~allowed;
  if (excess === 0) return undefined;
  const wanted = ((mode & 0o700) | (mode & allowed)).toString(8).padStart(4, '0');
  return problem('PKI_KEY_EXPOSED', {
    summary: `other users have access to the private key ${file}`,
    detail: `Its mode is ${(mode & 0o777).toString(8).padStart(4, '0')}. The key may have been copied already.`,
    remedy: `chmod ${wanted} ${file}`,
    where: { file },
  });
}

/** Returns a problem when `certificate` is not valid at `atMs`. */
export function outsidePeriod(file: string, certificate: Certificate, atMs: number): Problem | undefined {
  if (isInPeriod(certificate, atMs)) return undefined;
  const { notBeforeMs, notAfterMs } = certificate;
  const detail = `Valid from ${timeText(notBeforeMs)} to ${timeText(notAfterMs)}; now it is ${timeText(atMs)}.`;
  const where = { file };
  if (atMs < notBeforeMs) {
    const summary = `the certificate ${file} is not valid yet`;
    const remedy =
      'Set the clock of this machine if it is wrong. If it is right now and was wrong when the certificate was made: reset the node, so that all are made again.';
    return problem('CERT_NOT_YET_VALID', { summary, detail, remedy, where });
  }
  const remedy = certificate.isAuthority
    ? `Replace this certificate authority; everything it signed has to be made again. Its files are ${file} and the key beside it.`
    : `Remove ${file} and its key to have them made again, or bring a new certificate.`;
  return problem('CERT_EXPIRED', { summary: `the certificate ${file} has expired`, detail, remedy, where });
}

/** A time as people read it, UTC, to the second. */
export function timeText(atMs: number): string {
  return new Date(atMs)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}

export function notAnAuthority(file: string): Problem {
  return problem('PKI_NOT_AN_AUTHORITY', {
    summary: `the certificate ${file} is not that of a certificate authority`,
    detail: 'Its basic constraints do not allow it to sign other certificates.',
    remedy: `Put the certificate of a certificate authority there, or remove ${file} and its key to have both made.`,
    where: { file },
  });
}

export function notSigned(file: string, authority: string): Problem {
  return problem('CERT_NOT_SIGNED_BY_CA', {
    summary: `the certificate ${file} is not signed by ${authority}`,
    detail: 'No chain of valid signatures leads from the one to the other.',
    remedy: `Remove ${file} and its key to have them made again, or restore the certificate authority that signed it.`,
    where: { file },
  });
}

/** `file` exists, but what signed it does not; a new authority would not fit. */
export function authorityMissing(file: string, authority: string): Problem {
  return problem('PKI_AUTHORITY_MISSING', {
    summary: `${file} exists, but the certificate authority ${authority} does not`,
    detail: 'A new certificate authority would not fit to what is there.',
    remedy: `Restore ${authority} and its key, or remove ${file} and everything else that it signed to have all of it made again.`,
    where: { file: authority },
  });
}

/** What should sign is not there. Only seen when the phase that makes the authority did not run. */
export function authorityNeeded(what: string, { file, base }: { readonly file: string; readonly base: string }): Problem {
  return problem('PKI_AUTHORITY_MISSING', {
    summary: `"${what}" cannot be signed: the certificate authority ${file} does not exist`,
    remedy: 'Make it, or put it there, then run the phase again.',
    make: authorityResult(base),
    where: { file },
  });
}

/** Nothing can be signed, so what should have been signed has to be brought. */
export function externalIncomplete(missing: string, authority: string): Problem {
  return problem('PKI_EXTERNAL_CA_INCOMPLETE', {
    summary: `${missing} is missing and cannot be made: ${authority} is there without its key`,
    detail: 'A certificate authority without its key is an external one: what it signs has to be brought by the user.',
    remedy: `Put ${missing} in place, or the key beside ${authority}.`,
    where: { file: missing },
  });
}
