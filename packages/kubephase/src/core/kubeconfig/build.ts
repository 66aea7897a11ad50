/** Makes kubeconfigs with one cluster, one user and one context. */
import type { Kubeconfig } from './kubeconfig.ts';

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
