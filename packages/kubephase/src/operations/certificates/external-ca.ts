/** Finds out whether the key of a certificate authority is kept away from this machine. */
import { readCertificates } from '../../formats/x509/certificate.ts';
import type { Files } from '../../host/port.ts';

/**
 * True when the cluster's certificate authority is there without its key, so that this program cannot sign and the
 * user provides everything that needs a signature. A certificate that cannot be used is not an external authority.
 */
export async function hasExternalCa(files: Files, certificatesDir: string): Promise<boolean> {
  return isExternalAuthority(files, `${certificatesDir}/ca`);
}

/** The same for the authority whose files are `base.crt` and `base.key`. */
export async function isExternalAuthority(files: Files, base: string): Promise<boolean> {
  const [text, key] = await Promise.all([files.readText(`${base}.crt`), files.status(`${base}.key`)]);
  return text !== undefined && key === undefined && isAuthority(text);
}

function isAuthority(text: string): boolean {
  try {
    return readCertificates(text)[0].isAuthority;
  } catch {
    // What is wrong with the file is reported by the phase that the file belongs to.
    return false;
  }
}
