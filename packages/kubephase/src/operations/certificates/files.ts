/** What the work on certificates uses of a run, and the files of a certificate and its key: read, judged as a pair, written together. */
import type { KeyObject } from 'node:crypto';
import type { Problem } from 'phaserunner';
import type { CertificateConfig } from '../../core/certificates/issuing.ts';
import { privateKeyPem, readPrivateKey, readPublicKeys } from '../../core/keys/pem.ts';
import type { KeySupply } from '../../core/keys/supply.ts';
import { readCertificates, writeCertificate, type Certificate } from '../../formats/x509/certificate.ts';
import { belongsTo } from '../../formats/x509/verify.ts';
import type { Files, Host } from '../../host/port.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import { certificateFile, exposedKey, incompletePair, keyFile, keyMismatch, undecodable } from './faults.ts';
import { findKeyOf, findStagedCertificate, type Waiting } from './interrupted.ts';

export interface PkiContext {
  readonly config: CertificateConfig;
  readonly release: Pick<ResolvedRelease, 'traits'>;
  readonly paths: { readonly certificates: string };
  readonly host: Pick<Host, 'files' | 'randomBytes'>;
  readonly keys: KeySupply;
  /** Start of the process: certificates of one run are made for, and judged at, the same time. */
  readonly startedAtMs: number;
}

/** Absolute path, without ending, of the files of a certificate. */
export function basePath(context: Pick<PkiContext, 'paths'>, { base }: { readonly base: string }): string {
  return `${context.paths.certificates}/${base}`;
}

/** Word under which the key of a certificate is reserved and taken. */
export function keyOwner({ name }: { readonly name: string }): string {
  return `certs/${name}`;
}

/** Content of a file. No value and no problem: the file does not exist. */
export interface Found<T> {
  readonly value?: T;
  readonly problems: readonly Problem[];
}

/** The certificate that a file is about, and its intermediates. */
export type CertificateList = readonly [Certificate, ...(readonly Certificate[])];

export async function readCertificateFile(files: Files, path: string): Promise<Found<CertificateList>> {
  return decode(await files.readText(path), (text) => readCertificates(text), { path, what: 'a certificate in PEM' });
}

/** @param allowedBits permission bits beyond the owner's that the key may have */
export async function readKeyFile(files: Files, path: string, allowedBits = 0): Promise<Found<KeyObject>> {
  const status = await files.status(path);
  if (status === undefined) return { problems: [] };
  const found = decode(await files.readText(path), readPrivateKey, { path, what: 'a private key in PEM' });
  const exposed = exposedKey(path, status.mode, allowedBits);
  return exposed === undefined ? found : { ...found, problems: [...found.problems, exposed] };
}

export async function readPublicKeyFile(files: Files, path: string): Promise<Found<readonly KeyObject[]>> {
  return decode(await files.readText(path), readPublicKeys, { path, what: 'a public key in PEM' });
}

function decode<T>(
  text: string | undefined,
  read: (text: string) => T,
  { path, what }: { readonly path: string; readonly what: string },
): Found<T> {
  if (text === undefined) return { problems: [] };
  try {
    return { value: read(text), problems: [] };
  } catch (error) {
    return { problems: [undecodable(path, what, error)] };
  }
}

/**
 * | certificate | key     | state                                                            |
 * | ----------- | ------- | ---------------------------------------------------------------- |
 * | –           | –       | `absent`                                                         |
 * | good        | good    | `complete`, or `unusable` when they do not belong together       |
 * | good        | –       | `complete` when an interrupted run left the key staged, otherwise `keyless` |
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
      /** The file of the two that is still beside its place. */
      readonly waiting?: Waiting;
    }
  | { readonly state: 'unusable'; readonly problems: readonly Problem[] };

/** @param base absolute path of the files without their endings */
export async function readPair(files: Files, base: string): Promise<Pair> {
  const [certificates, key] = await Promise.all([readCertificateFile(files, certificateFile(base)), readKeyFile(files, keyFile(base))]);
  const problems = [...certificates.problems, ...key.problems];
  if (problems.length > 0) return { state: 'unusable', problems };
  if (key.value === undefined)
    return certificates.value === undefined ? { state: 'absent' } : withStagedKey(files, base, certificates.value);
  if (certificates.value === undefined) return withStagedCertificate(files, base, key.value);
  const pair = { state: 'complete', ...split(certificates.value), key: key.value } as const;
  if (belongsTo(pair.certificate, pair.key)) return pair;
  return { state: 'unusable', problems: [keyMismatch(keyFile(base), certificateFile(base))] };
}

/** Keys are put in place before their certificates, so a killed run leaves a key and a staged certificate. */
async function withStagedCertificate(files: Files, base: string, key: KeyObject): Promise<Pair> {
  const found = await findStagedCertificate(files, certificateFile(base), key);
  if (found === undefined) return { state: 'unusable', problems: [incompletePair(keyFile(base), certificateFile(base))] };
  return { state: 'complete', ...split(found.value), key, waiting: found.waiting };
}

/** A power cut may keep the second rename and lose the first. */
async function withStagedKey(files: Files, base: string, certificates: CertificateList): Promise<Pair> {
  const found = await findKeyOf(files, keyFile(base), certificates[0]);
  if (found === undefined) return { state: 'keyless', ...split(certificates) };
  return { state: 'complete', ...split(certificates), key: found.value, waiting: found.waiting };
}

function split([certificate, ...intermediates]: CertificateList): {
  readonly certificate: Certificate;
  readonly intermediates: readonly Certificate[];
} {
  return { certificate, intermediates };
}

interface NewPair {
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Uint8Array;
}

/** @param base absolute path of the files without their endings */
export async function writePair(files: Files, base: string, { key, certificate }: NewPair): Promise<void> {
  await files.writeTogether([
    { path: keyFile(base), content: privateKeyPem(key), mode: 0o600, secret: true },
    { path: certificateFile(base), content: writeCertificate(certificate), mode: 0o644 },
  ]);
}

/** Returns what would stop `writePair`; the first of two obstacles, as they usually have one cause. */
export async function findObstacles(files: Files, base: string): Promise<readonly Problem[]> {
  const obstacle = (await files.obstacle(keyFile(base))) ?? (await files.obstacle(certificateFile(base)));
  return obstacle === undefined ? [] : [obstacle];
}
