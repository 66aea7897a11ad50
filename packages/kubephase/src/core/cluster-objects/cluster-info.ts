/** ConfigMap `cluster-info`: the public kubeconfig from which joining nodes learn server and CA. */
import { printYaml } from '../../formats/yaml/print.ts';
import { configMap, type ClusterObject } from './object.ts';
import { readAccess } from './rbac.ts';

const name = 'cluster-info';

/** What the kubeconfig in it is made of. */
export interface ClusterInfo {
  /** Cluster entry of the administrator's kubeconfig with its CA embedded. */
  readonly cluster: Readonly<Record<string, unknown>>;
  /** kubeconfigs of the release carry `preferences: {}`. */
  readonly preferences: boolean;
}

/**
 * Returns the ConfigMap. Its text is signed and compared byte for byte by joining nodes; whoever reads it must
 * not print it anew.
 */
export function clusterInfoMap(info: ClusterInfo): ClusterObject {
  const kubeconfig = printYaml({
    apiVersion: 'v1',
    clusters: [{ cluster: info.cluster, name: '' }],
    contexts: null,
    'current-context': '',
    kind: 'Config',
    ...(info.preferences ? { preferences: {} } : {}),
    users: null,
  });
  return configMap('kube-public', name, { kubeconfig });
}

/** Role and RoleBinding: everybody may read it, also without credentials. */
export function clusterInfoAccess(): readonly ClusterObject[] {
  return readAccess({
    name: 'kubeadm:bootstrap-signer-clusterinfo',
    namespace: 'kube-public',
    resource: 'configmaps',
    object: name,
    subjects: [{ kind: 'User', name: 'system:anonymous' }],
  });
}
