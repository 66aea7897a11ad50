/** The cluster that a kubeconfig file leads to, with its CA embedded, and how machines join it. */
import { basename } from 'node:path';
import { currentCluster, referredFile, type KubeconfigCluster } from '../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../core/kubeconfig/text.ts';
import { publicKeyPin, readCertificates } from '../formats/x509/certificate.ts';
import type { Files } from '../host/port.ts';
import { failure } from '../problems/catalogue.ts';
import { kubeconfigResult } from '../problems/results.ts';
import { kubeconfigMissing } from './kubeconfig/existing.ts';

const dataField = 'certificate-authority-data';
const pathField = 'certificate-authority';

/** Which cluster of the file is meant. */
type ClusterChoice = 'current-context' | 'unnamed-first';

/**
 * Returns the cluster entry of the kubeconfig at `path`; a CA given by its path is read and put in its place.
 * @param choice `unnamed-first` takes the cluster without a name, as in cluster-info, where there is one
 * @throws ProblemError `KUBECONFIG_INVALID` or one of the `FILE_…` codes
 */
export async function readClusterEntry(files: Files, path: string, choice: ClusterChoice): Promise<KubeconfigCluster> {
  const text = await files.readText(path);
  if (text === undefined) throw kubeconfigMissing(path, 'Make it, or name another one with --kubeconfig.');
  const kubeconfig = parseKubeconfig(text, path);
  const unnamed = choice === 'unnamed-first' ? kubeconfig.clusters.find((entry) => entry.name === '') : undefined;
  return embedCa(files, path, unnamed?.cluster ?? currentCluster(kubeconfig, path));
}

async function embedCa(files: Files, path: string, cluster: KubeconfigCluster): Promise<KubeconfigCluster> {
  const { [pathField]: caPath, ...rest } = cluster;
  if (caPath === undefined || caPath === '' || (rest[dataField] ?? '') !== '') return rest;
  const file = referredFile(path, caPath);
  const pem = await files.read(file);
  if (pem === undefined) throw invalid(path, `it refers to the CA file ${file}, which does not exist`);
  return { ...rest, [dataField]: Buffer.from(pem).toString('base64') };
}

function invalid(path: string, detail: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `${path} cannot be used`,
    detail,
    remedy: `Correct the file, or name another one with --kubeconfig.`,
    where: { file: path },
  });
}

/** Where to join, and how to recognise that it is the right cluster. */
interface JoinTarget {
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
    remedy: 'Remove the file and make it again, or name another one with --kubeconfig.',
    make: kubeconfigResult(basename(path)),
    where: { file: path },
  });
}
