/** Reads single certificate and key files; what is wrong with one is a value. */
import type { KeyObject } from 'node:crypto';
import type { Problem } from 'phaserunner';
import { readPrivateKey, readPublicKeys } from '../../core/keys/pem.ts';
import { readCertificates, type Certificate } from '../../formats/x509/certificate.ts';
import type { Files } from '../../host/port.ts';
import { exposedKey, undecodable } from './faults.ts';

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
