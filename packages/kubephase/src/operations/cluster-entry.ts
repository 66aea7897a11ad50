/** The cluster that a kubeconfig file leads to, with its CA embedded, and how machines join it. */
import { currentCluster, referredFile, type KubeconfigCluster } from '../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../core/kubeconfig/text.ts';
import { publicKeyPin, readCertificates } from '../formats/x509/certificate.ts';
import type { Files } from '../host/port.ts';
import { failure } from '../problems/catalogue.ts';
import { kubeconfigMissing, kubeconfigResultAt, usedForApi } from './kubeconfig/existing.ts';

const dataField = 'certificate-authority-data';
const pathField = 'certificate-authority';

/** Which cluster of the file is meant. */
type ClusterChoice = 'current-context' | 'unnamed-first';

/** Where the kubeconfig is that leads to the cluster. */
export interface KubeconfigPaths {
  readonly adminKubeconfig: string;
  /** Where the phases make kubeconfig files. */
  readonly kubeconfigs: string;
}

/**
 * Returns the cluster entry of the administrator's kubeconfig; a CA given by its path is read and put in its place.
 * @param choice `unnamed-first` takes the cluster without a name, as in cluster-info, where there is one
 * @throws ProblemError `KUBECONFIG_INVALID` or one of the `FILE_…` codes
 */
export async function readClusterEntry(files: Files, paths: KubeconfigPaths, choice: ClusterChoice): Promise<KubeconfigCluster> {
  const path = paths.adminKubeconfig;
  const text = await files.readText(path);
  if (text === undefined) {
    const remedy = 'Make it, or name another one with --kubeconfig.';
    throw kubeconfigMissing({ file: path, folder: paths.kubeconfigs, detail: usedForApi, remedy });
  }
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
export async function joinTarget(files: Files, paths: KubeconfigPaths): Promise<JoinTarget> {
  const cluster = await readClusterEntry(files, paths, 'unnamed-first');
  const ca = cluster['certificate-authority-data'] ?? '';
  if (cluster.server === undefined || cluster.server === '') throw incomplete(paths, 'a server');
  if (ca === '') throw incomplete(paths, 'a CA certificate');
  const certificates = readCertificates(Buffer.from(ca, 'base64').toString('utf8'));
  return {
    endpoint: cluster.server.replace(/^https:\/\//, ''),
    caCertHashes: certificates.map((certificate) => publicKeyPin(certificate)),
  };
}

function incomplete({ adminKubeconfig: path, kubeconfigs }: KubeconfigPaths, what: string): Error {
  const make = kubeconfigResultAt(path, kubeconfigs);
  return failure('KUBECONFIG_INVALID', {
    summary: `${path} has no cluster with ${what}`,
    detail: 'A machine that joins has to know where the cluster is and how to recognise it.',
    ...(make === undefined
      ? { remedy: 'Correct the file, or name another one with --kubeconfig.' }
      : { remedy: 'Remove the file and make it again, or name another one with --kubeconfig.', make }),
    where: { file: path },
  });
}
