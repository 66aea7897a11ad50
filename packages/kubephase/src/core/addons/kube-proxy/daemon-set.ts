/** The DaemonSet of kube-proxy. */
import type { EnvVar } from '../../../config/types.ts';
import type { Traits } from '../../../releases/release.ts';
import type { ClusterObject } from '../../cluster-objects/object.ts';

const name = 'kube-proxy';
const labels = { 'k8s-app': name };
const directory = '/var/lib/kube-proxy';

export interface KubeProxyDaemonSet {
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
