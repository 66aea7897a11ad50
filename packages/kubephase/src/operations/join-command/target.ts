/** Works out how machines join, from the administrator's kubeconfig. */
import { publicKeyPin, readCertificates } from '../../formats/x509/certificate.ts';
import type { Files } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';
import { readClusterEntry } from '../cluster-entry/read.ts';

/** Where to join, and how to recognise that it is the right cluster. */
export interface JoinTarget {
  /** `host:port`. */
  readonly endpoint: string;
  /** One for each CA certificate. */
  readonly caCertHashes: readonly string[];
}

/** @throws ProblemError `KUBECONFIG_INVALID` when the file has no server or no CA */
export async function joinTarget(files: Files, kubeconfigPath: string): Promise<JoinTarget> {
  const cluster = await readClusterEntry(files, kubeconfigPath, 'unnamed-first');
  const ca = cluster['certificate-authority-data'] ?? '';
  if (cluster.server === undefined || cluster.server === '') throw incomplete(kubeconfigPath, 'a server');
  if (ca === '') throw incomplete(kubeconfigPath, 'a CA certificate');
  const certificates = readCertificates(Buffer.from(ca, 'base64').toString('utf8'));
  return {
    endpoint: cluster.server.replace(/^https:\/\//, ''),
    caCertHashes: certificates.map((certificate) => publicKeyPin(certificate)),
  };
}

function incomplete(path: string, what: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `${path} has no cluster with ${what}`,
    detail: 'A machine that joins has to know where the cluster is and how to recognise it.',
    remedy: 'Make the file again with kubephase init phase kubeconfig admin, or name another one with --kubeconfig.',
    where: { file: path },
  });
}
