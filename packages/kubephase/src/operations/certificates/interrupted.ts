/** What a kill or a power cut left of two files that are written together: one in place, the other still waiting beside its place. */
import type { KeyObject } from 'node:crypto';
import { readPrivateKey } from '../../core/keys/pem.ts';
import { readCertificates, type Certificate } from '../../formats/x509/certificate.ts';
import { belongsTo } from '../../formats/x509/verify.ts';
import type { Files, StagedFile } from '../../host/port.ts';
import { exposedKey } from './faults.ts';

/** A file that only has to be renamed. */
export interface Waiting {
  /** Where it belongs. */
  readonly path: string;
  readonly staged: StagedFile;
}

/** Renames it into place. */
export async function adopt(files: Pick<Files, 'adoptStaged'>, { path, staged }: Waiting): Promise<void> {
  await files.adoptStaged(path, staged);
}

interface Found<T> {
  readonly value: T;
  readonly waiting: Waiting;
}

/** The staged certificate that belongs to `key`. */
export function findStagedCertificate(
  files: Files,
  path: string,
  key: KeyObject,
): Promise<Found<ReturnType<typeof readCertificates>> | undefined> {
  return find(files, path, (text) => {
    const certificates = readCertificates(text);
    return belongsTo(certificates[0], key) ? certificates : undefined;
  });
}

/** The staged private key of which `fits` is true. One that others may read is none that was staged here. */
export function findStagedKey(
  files: Files,
  path: string,
  { fits, allowedBits = 0 }: { readonly fits: (key: KeyObject) => boolean; readonly allowedBits?: number },
): Promise<Found<KeyObject> | undefined> {
  return find(files, path, (text, { mode }) => {
    if (exposedKey(path, mode, allowedBits) !== undefined) return undefined;
    const key = readPrivateKey(text);
    return fits(key) ? key : undefined;
  });
}

/** The staged key of `certificate`. */
export function findKeyOf(files: Files, path: string, certificate: Certificate): Promise<Found<KeyObject> | undefined> {
  return findStagedKey(files, path, { fits: (key) => belongsTo(certificate, key) });
}

async function find<T>(
  files: Files,
  path: string,
  read: (text: string, staged: StagedFile) => T | undefined,
): Promise<Found<T> | undefined> {
  for (const staged of await files.staged(path)) {
    const value = decode(() => read(Buffer.from(staged.content).toString('utf8'), staged));
    if (value !== undefined) return { value, waiting: { path, staged } };
  }
  return undefined;
}

function decode<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // A leftover that cannot be decoded counts as none: what is in place is then judged by itself.
    return undefined;
  }
}
