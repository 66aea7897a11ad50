/** Reads a certificate and its key from disk and tells what state the two are in. */
import type { KeyObject } from 'node:crypto';
import type { Problem } from 'phaserunner';
import { readCertificates, type Certificate } from '../../formats/x509/certificate.ts';
import { belongsTo } from '../../formats/x509/verify.ts';
import type { Files } from '../../host/port.ts';
import { certificateFile, incompletePair, keyFile, keyMismatch } from './faults.ts';
import { readCertificateFile, readKeyFile, type CertificateList } from './files.ts';

/**
 * | certificate | key     | state                                                            |
 * | ----------- | ------- | ---------------------------------------------------------------- |
 * | –           | –       | `absent`                                                         |
 * | good        | good    | `complete`, or `unusable` when they do not belong together       |
 * | good        | –       | `keyless`                                                        |
 * | –           | good    | `complete` when an interrupted run left the certificate staged, otherwise `unusable` |
 * | broken      | any     | `unusable`                                                       |
 * | any         | broken or open to others | `unusable`                                      |
 */
export type Pair =
  | { readonly state: 'absent' }
  | { readonly state: 'keyless'; readonly certificate: Certificate; readonly intermediates: readonly Certificate[] }
  | {
      readonly state: 'complete';
      readonly certificate: Certificate;
      readonly intermediates: readonly Certificate[];
      readonly key: KeyObject;
      /** True when the certificate still waits beside its place. */
      readonly staged: boolean;
    }
  | { readonly state: 'unusable'; readonly problems: readonly Problem[] };

/** @param base absolute path of the files without their endings */
export async function readPair(files: Files, base: string): Promise<Pair> {
  const [certificates, key] = await Promise.all([readCertificateFile(files, certificateFile(base)), readKeyFile(files, keyFile(base))]);
  const problems = [...certificates.problems, ...key.problems];
  if (problems.length > 0) return { state: 'unusable', problems };
  if (key.value === undefined)
    return certificates.value === undefined ? { state: 'absent' } : { state: 'keyless', ...split(certificates.value) };
  if (certificates.value === undefined) return readStaged(files, base, key.value);
  const pair = { state: 'complete', ...split(certificates.value), key: key.value, staged: false } as const;
  if (belongsTo(pair.certificate, pair.key)) return pair;
  return { state: 'unusable', problems: [keyMismatch(keyFile(base), certificateFile(base))] };
}

/** Keys are put in place before their certificates, so an interrupted run leaves a key and a staged certificate. */
async function readStaged(files: Files, base: string, key: KeyObject): Promise<Pair> {
  const staged = await files.staged(certificateFile(base));
  const certificates = staged === undefined ? undefined : decodeStaged(staged);
  if (certificates === undefined || !belongsTo(certificates[0], key)) {
    return { state: 'unusable', problems: [incompletePair(keyFile(base), certificateFile(base))] };
  }
  return { state: 'complete', ...split(certificates), key, staged: true };
}

function decodeStaged(content: Uint8Array): CertificateList | undefined {
  try {
    return readCertificates(Buffer.from(content).toString('utf8'));
  } catch {
    // A leftover that is no certificate counts as none: the pair is then reported as incomplete.
    return undefined;
  }
}

function split([certificate, ...intermediates]: CertificateList): {
  readonly certificate: Certificate;
  readonly intermediates: readonly Certificate[];
} {
  return { certificate, intermediates };
}
