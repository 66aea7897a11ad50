/** ConfigMap `kubelet-config`: the KubeletConfiguration that joining nodes start from. */
import { markGenerated } from './component-config-hash.ts';
import { configMap, type ClusterObject } from './object.ts';
import { joiningNodes, nodes, readAccess } from './rbac.ts';

/** Name of the ConfigMap; releases before 1.24 put their minor (`1.23`) into it. */
export function kubeletConfigName(release: {
  readonly minor: string;
  readonly traits: { readonly versionedKubeletConfigMap: boolean };
}): string {
  return release.traits.versionedKubeletConfigMap ? `kubelet-config-${release.minor}` : 'kubelet-config';
}

/** What goes into the ConfigMap. */
export interface KubeletConfigContent {
  /** KubeletConfiguration without patches and without this node's container runtime endpoint. */
  readonly yaml: string;
  /** True when the user's file had the document; then no command may regenerate it. */
  readonly userSupplied: boolean;
}

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
