/** ConfigMap, ServiceAccount and rights of kube-proxy. */
import { markGenerated } from '../../cluster-objects/component-config-hash.ts';
import { configMap, serviceAccount, type ClusterObject } from '../../cluster-objects/object.ts';
import { clusterRoleBinding, joiningNodes, readAccess } from '../../cluster-objects/rbac.ts';

const name = 'kube-proxy';
const namespace = 'kube-system';
const credentials = '/var/run/secrets/kubernetes.io/serviceaccount';

export interface KubeProxyConfigMap {
  /** KubeProxyConfiguration as YAML. */
  readonly config: string;
  /** URL of the control plane. */
  readonly server: string;
}

/** Returns the ConfigMap with the configuration and the kubeconfig of kube-proxy. */
export function kubeProxyConfigMap(content: KubeProxyConfigMap): ClusterObject {
  const map = configMap(namespace, name, { 'config.conf': content.config.trimEnd(), 'kubeconfig.conf': kubeconfig(content.server) });
  return { ...map, metadata: { ...map.metadata, labels: { app: name } } };
}

/** Returns the ConfigMap as it is written to a cluster: marked when no user supplied the configuration. */
export function markedKubeProxyConfigMap(content: KubeProxyConfigMap, userSupplied: boolean): ClusterObject {
  const map = kubeProxyConfigMap(content);
  return userSupplied ? map : markGenerated(map);
}

export function kubeProxyServiceAccount(): ClusterObject {
  return serviceAccount(namespace, name);
}

/** Lets kube-proxy do its work. */
export function kubeProxyRoleBinding(): ClusterObject {
  return clusterRoleBinding('kubeadm:node-proxier', 'system:node-proxier', [{ kind: 'ServiceAccount', name, namespace }]);
}

/** Role and RoleBinding: joining nodes may read the ConfigMap. */
export function kubeProxyConfigAccess(): readonly ClusterObject[] {
  return readAccess({ name, namespace, resource: 'configmaps', object: name, subjects: [joiningNodes] });
}

/**
 * kube-proxy has the credentials of its ServiceAccount but not, as other Pods, the address of the Service
 * `kubernetes`: that one only works once kube-proxy does. Literal text without a line end, because a hash is made of it.
 */
function kubeconfig(server: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: ${credentials}/ca.crt
    server: ${server}
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: ${credentials}/token`;
}
