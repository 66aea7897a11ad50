/** The cluster that a kubeconfig file leads to, with its CA embedded. */
import { dirname, resolve } from 'node:path';
import { currentCluster, type KubeconfigCluster } from '../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../../core/kubeconfig/text.ts';
import type { Files } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';

const dataField = 'certificate-authority-data';
const pathField = 'certificate-authority';

/** Which cluster of the file is meant. */
export type ClusterChoice = 'current-context' | 'unnamed-first';

/**
 * Returns the cluster entry of the kubeconfig at `path`; a CA given by its path is read and put in its place.
 * @param choice `unnamed-first` takes the cluster without a name, as in cluster-info, where there is one
 * @throws ProblemError `KUBECONFIG_INVALID` or one of the `FILE_…` codes
 */
export async function readClusterEntry(files: Files, path: string, choice: ClusterChoice): Promise<KubeconfigCluster> {
  const text = await files.readText(path);
  if (text === undefined) throw missing(path);
  const kubeconfig = parseKubeconfig(text, path);
  const unnamed = choice === 'unnamed-first' ? kubeconfig.clusters.find((entry) => entry.name === '') : undefined;
  return embedCa(files, path, unnamed?.cluster ?? currentCluster(kubeconfig, path));
}

async function embedCa(files: Files, path: string, cluster: KubeconfigCluster): Promise<KubeconfigCluster> {
  const { [pathField]: caPath, ...rest } = cluster;
  if (caPath === undefined || caPath === '' || rest[dataField] !== undefined) return rest;
  const file = resolve(dirname(path), caPath);
  const pem = await files.read(file);
  if (pem === undefined) throw invalid(path, `it refers to the CA file ${file}, which does not exist`);
  return { ...rest, [dataField]: Buffer.from(pem).toString('base64') };
}

function missing(path: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `there is no kubeconfig file ${path}`,
    remedy: 'Make it with kubephase init phase kubeconfig admin, or name another one with --kubeconfig.',
    where: { file: path },
  });
}

function invalid(path: string, detail: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `${path} cannot be used`,
    detail,
    remedy: `Correct the file, or name another one with --kubeconfig.`,
    where: { file: path },
  });
}
