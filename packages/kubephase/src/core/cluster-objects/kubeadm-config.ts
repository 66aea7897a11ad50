/** ConfigMap `kubeadm-config`: the cluster's own configuration, read by join, upgrade and reset. */
import { configMap, type ClusterObject } from './object.ts';
import { joiningNodes, nodes, readAccess } from './rbac.ts';

export const kubeadmConfigName = 'kubeadm-config';

const key = 'ClusterConfiguration';

/** Returns the ConfigMap. `yaml` is a ClusterConfiguration document that ends in a newline. */
export function kubeadmConfigMap(yaml: string): ClusterObject {
  return configMap('kube-system', kubeadmConfigName, { [key]: yaml });
}

/** Returns `existing` with its ClusterConfiguration replaced; other keys, labels and annotations stay. */
export function withClusterConfiguration<T extends ClusterObject>(existing: T, yaml: string): T {
  const data = (existing['data'] ?? {}) as Readonly<Record<string, string>>;
  return { ...existing, data: { ...data, [key]: yaml } };
}

/** Role and RoleBinding: joining and joined nodes may read it. */
export function kubeadmConfigAccess(): readonly ClusterObject[] {
  return readAccess({
    name: 'kubeadm:nodes-kubeadm-config',
    namespace: 'kube-system',
    resource: 'configmaps',
    object: kubeadmConfigName,
    subjects: [joiningNodes, nodes],
  });
}
