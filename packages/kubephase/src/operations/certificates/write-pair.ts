/** Writes a key and its certificate so that a later run can complete what an interrupted one began. */
import type { KeyObject } from 'node:crypto';
import type { Problem } from 'phaserunner';
import { privateKeyPem } from '../../core/keys/pem.ts';
import { writeCertificate } from '../../formats/x509/certificate.ts';
import type { Files } from '../../host/port.ts';
import { certificateFile, keyFile } from './faults.ts';

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
