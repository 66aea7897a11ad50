/** The objects of kube-proxy: ConfigMap, ServiceAccount, rights and DaemonSet. */
import type { EnvVar } from '../../config/types.ts';
import type { Traits } from '../../releases/release.ts';
import { markGenerated } from '../cluster-objects/config-maps.ts';
import { configMap, serviceAccount, type ClusterObject } from '../cluster-objects/object.ts';
import { clusterRoleBinding, joiningNodes, readAccess } from '../cluster-objects/rbac.ts';

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

const labels = { 'k8s-app': name };
const directory = '/var/lib/kube-proxy';

interface KubeProxyDaemonSet {
  readonly image: string;
  /** Variables beside the node's name; written in the order of their names. */
  readonly env: readonly EnvVar[];
  readonly traits: Pick<Traits, 'kubeProxyNamedToleration'>;
}

export function kubeProxyDaemonSet(facts: KubeProxyDaemonSet): ClusterObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: 'kube-system', labels },
    spec: {
      selector: { matchLabels: labels },
      updateStrategy: { type: 'RollingUpdate' },
      template: { metadata: { labels }, spec: podSpec(facts) },
    },
  };
}

function podSpec(facts: KubeProxyDaemonSet): Readonly<Record<string, unknown>> {
  return {
    priorityClassName: 'system-node-critical',
    serviceAccountName: name,
    hostNetwork: true,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [...(facts.traits.kubeProxyNamedToleration ? [criticalAddons] : []), { operator: 'Exists' }],
    containers: [container(facts)],
    volumes: [
      { name, configMap: { name } },
      { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
      { name: 'lib-modules', hostPath: { path: '/lib/modules' } },
    ],
  };
}

const criticalAddons = { key: 'CriticalAddonsOnly', operator: 'Exists' };

function container(facts: KubeProxyDaemonSet): Readonly<Record<string, unknown>> {
  const sorted = facts.env.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name,
    image: facts.image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/usr/local/bin/kube-proxy', `--config=${directory}/config.conf`, '--hostname-override=$(NODE_NAME)'],
    securityContext: { privileged: true },
    env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }, ...sorted],
    volumeMounts: [
      { name, mountPath: directory },
      { name: 'xtables-lock', mountPath: '/run/xtables.lock', readOnly: false },
      { name: 'lib-modules', mountPath: '/lib/modules', readOnly: true },
    ],
  };
}
