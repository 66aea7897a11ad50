/** The ConfigMaps kubeadm-config, kubelet-config and cluster-info: their content and who may read them. */
import { createHash } from 'node:crypto';
import { printYaml } from '../../formats/yaml/print.ts';
import { configMap, type ClusterObject } from './object.ts';
import { joiningNodes, nodes, readAccess } from './rbac.ts';

export const kubeadmConfigName = 'kubeadm-config';

const configurationKey = 'ClusterConfiguration';

/**
 * Returns `kubeadm-config`: the cluster's own configuration, read by join, upgrade and reset.
 * @param yaml a ClusterConfiguration document that ends in a newline
 */
export function kubeadmConfigMap(yaml: string): ClusterObject {
  return configMap('kube-system', kubeadmConfigName, { [configurationKey]: yaml });
}

/** Returns `existing` with its ClusterConfiguration replaced; other keys, labels and annotations stay. */
export function withClusterConfiguration<T extends ClusterObject>(existing: T, yaml: string): T {
  const data = (existing['data'] ?? {}) as Readonly<Record<string, string>>;
  return { ...existing, data: { ...data, [configurationKey]: yaml } };
}

/** Role and RoleBinding: joining and joined nodes may read `kubeadm-config`. */
export function kubeadmConfigAccess(): readonly ClusterObject[] {
  return readAccess({
    name: 'kubeadm:nodes-kubeadm-config',
    namespace: 'kube-system',
    resource: 'configmaps',
    object: kubeadmConfigName,
    subjects: [joiningNodes, nodes],
  });
}

/** Name of `kubelet-config`; releases before 1.24 put their minor (`1.23`) into it. */
export function kubeletConfigName(release: {
  readonly minor: string;
  readonly traits: { readonly versionedKubeletConfigMap: boolean };
}): string {
  return release.traits.versionedKubeletConfigMap ? `kubelet-config-${release.minor}` : 'kubelet-config';
}

/** What goes into `kubelet-config`. */
interface KubeletConfigContent {
  /** KubeletConfiguration without patches and without this node's container runtime endpoint. */
  readonly yaml: string;
  /** True when the user's file had the document; then no command may regenerate it. */
  readonly userSupplied: boolean;
}

/** Returns `kubelet-config`: the KubeletConfiguration that joining nodes start from. */
export function kubeletConfigMap(name: string, content: KubeletConfigContent): ClusterObject {
  const map = configMap('kube-system', name, { kubelet: content.yaml });
  return content.userSupplied ? map : markGenerated(map);
}

/** Role and RoleBinding: joined and joining nodes may read the ConfigMap `name`. */
export function kubeletConfigAccess(name: string): readonly ClusterObject[] {
  return readAccess({
    name: `kubeadm:${name}`,
    namespace: 'kube-system',
    resource: 'configmaps',
    object: name,
    subjects: [nodes, joiningNodes],
  });
}

/** The mark by which a later command tells a generated component configuration from a user's own. */
const annotation = 'kubeadm.kubernetes.io/component-config.hash';

/**
 * Returns `sha256:` and the hex digest over the values of `data` in the order of their keys. Neither keys nor
 * separators are hashed.
 */
export function componentConfigHash(data: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256');
  for (const key of Object.keys(data).toSorted()) hash.update(data[key] ?? '', 'utf8');
  return `sha256:${hash.digest('hex')}`;
}

/** Returns the ConfigMap marked as generated: its annotation holds the hash of its own data. */
export function markGenerated(map: ClusterObject): ClusterObject {
  const data = (map['data'] ?? {}) as Readonly<Record<string, string>>;
  const annotations = { ...map.metadata.annotations, [annotation]: componentConfigHash(data) };
  return { ...map, metadata: { ...map.metadata, annotations } };
}

const clusterInfoName = 'cluster-info';

/** What the kubeconfig in `cluster-info` is made of. */
interface ClusterInfo {
  /** Cluster entry of the administrator's kubeconfig with its CA embedded. */
  readonly cluster: Readonly<Record<string, unknown>>;
  /** kubeconfigs of the release carry `preferences: {}`. */
  readonly preferences: boolean;
}

/**
 * Returns `cluster-info`: the public kubeconfig from which joining nodes learn server and CA. Its text is signed and compared byte for byte by joining nodes; whoever reads it must
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
  return configMap('kube-public', clusterInfoName, { kubeconfig });
}

/** Role and RoleBinding: everybody may read `cluster-info`, also without credentials. */
export function clusterInfoAccess(): readonly ClusterObject[] {
  return readAccess({
    name: 'kubeadm:bootstrap-signer-clusterinfo',
    namespace: 'kube-public',
    resource: 'configmaps',
    object: clusterInfoName,
    subjects: [{ kind: 'User', name: 'system:anonymous' }],
  });
}
