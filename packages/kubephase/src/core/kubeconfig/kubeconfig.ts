/** The data of kubeconfigs: made for one user, and what the current context of one points to. */
import { dirname, resolve } from 'node:path';
import { failure } from '../../problems/catalogue.ts';

export interface KubeconfigCluster {
  readonly server?: string;
  /** Base64 of PEM. */
  readonly 'certificate-authority-data'?: string;
  /** Path of a PEM file, used when there is no data. */
  readonly 'certificate-authority'?: string;
  readonly [field: string]: unknown;
}

interface KubeconfigContext {
  readonly cluster?: string;
  readonly user?: string;
  readonly [field: string]: unknown;
}

export interface KubeconfigUser {
  /** Base64 of PEM. */
  readonly 'client-certificate-data'?: string;
  /** Base64 of PEM. */
  readonly 'client-key-data'?: string;
  /** Path of a PEM file, used when there is no data. */
  readonly 'client-certificate'?: string;
  /** Path of a PEM file, used when there is no data. */
  readonly 'client-key'?: string;
  readonly token?: string;
  readonly [field: string]: unknown;
}

/** Fields that are not named here are kept as they are, in the parts as well. */
export interface Kubeconfig {
  readonly clusters: readonly { readonly name: string; readonly cluster: KubeconfigCluster }[];
  readonly contexts: readonly { readonly name: string; readonly context: KubeconfigContext }[];
  readonly users: readonly { readonly name: string; readonly user: KubeconfigUser }[];
  /** Empty when the file names none. */
  readonly 'current-context': string;
  readonly [field: string]: unknown;
}

export interface KubeconfigParts {
  readonly clusterName: string;
  /** URL of the API server. */
  readonly server: string;
  /** PEM. */
  readonly caCertificate: string;
  readonly userName: string;
  /** PEM. */
  readonly clientCertificate: string;
  /** PEM. */
  readonly clientKey: string;
  /** Write `preferences: {}`, as releases before 1.34 do. */
  readonly preferences: boolean;
}

/** Returns the kubeconfig of a user with a client certificate. */
export function buildKubeconfig(parts: KubeconfigParts): Kubeconfig {
  const { clusterName, userName } = parts;
  const contextName = `${userName}@${clusterName}`;
  return {
    apiVersion: 'v1',
    clusters: [{ cluster: { 'certificate-authority-data': base64(parts.caCertificate), server: parts.server }, name: clusterName }],
    contexts: [{ context: { cluster: clusterName, user: userName }, name: contextName }],
    'current-context': contextName,
    kind: 'Config',
    ...(parts.preferences ? { preferences: {} } : {}),
    users: [
      {
        name: userName,
        user: { 'client-certificate-data': base64(parts.clientCertificate), 'client-key-data': base64(parts.clientKey) },
      },
    ],
  };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/**
 * Returns the cluster of the current context.
 * @param file where the kubeconfig comes from, for messages
 * @throws ProblemError `KUBECONFIG_INVALID` when the context or the cluster is not in the file
 */
export function currentCluster(kubeconfig: Kubeconfig, file: string): KubeconfigCluster {
  const name = currentContext(kubeconfig, file).cluster ?? '';
  const found = kubeconfig.clusters.find((entry) => entry.name === name);
  if (found === undefined)
    throw invalid(file, `its current context refers to the cluster ${JSON.stringify(name)}, which is not in the file`);
  return found.cluster;
}

/** A user with the name under which it stands in the file. */
interface NamedUser {
  readonly name: string;
  readonly user: KubeconfigUser;
}

/**
 * Returns the user of the current context.
 * @throws ProblemError `KUBECONFIG_INVALID` when the context or the user is not in the file
 */
export function currentUser(kubeconfig: Kubeconfig, file: string): NamedUser {
  const name = currentContext(kubeconfig, file).user ?? '';
  const found = kubeconfig.users.find((entry) => entry.name === name);
  if (found === undefined) throw invalid(file, `its current context refers to the user ${JSON.stringify(name)}, which is not in the file`);
  return found;
}

/**
 * Absolute form of a path that the kubeconfig at `file` names: it counts from the folder of the file.
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#file-references
 */
export function referredFile(file: string, path: string): string {
  return resolve(dirname(file), path);
}

function currentContext(kubeconfig: Kubeconfig, file: string): KubeconfigContext {
  const name = kubeconfig['current-context'];
  if (name === '') throw invalid(file, 'it has no current-context');
  const found = kubeconfig.contexts.find((entry) => entry.name === name);
  if (found === undefined) throw invalid(file, `its current context ${JSON.stringify(name)} is not in the file`);
  return found.context;
}

function invalid(file: string, detail: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `${file} has no usable current context`,
    detail,
    remedy: `Correct the file with kubectl config --kubeconfig=${file}, or remove it to have it made again.`,
    where: { file, field: 'current-context' },
  });
}
