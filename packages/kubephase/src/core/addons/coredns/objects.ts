/** The objects of CoreDNS, apart from its Deployment. */
import { configMap, serviceAccount, type ClusterObject } from '../../cluster-objects/object.ts';
import { clusterRole, clusterRoleBinding } from '../../cluster-objects/rbac.ts';
import type { CoreDnsTraits } from '../../../releases/release.ts';

const name = 'coredns';
const namespace = 'kube-system';
const roleName = 'system:coredns';

/** Label by which the DNS Deployment of a cluster is found, whoever installed it. */
export const dnsLabels = { 'k8s-app': 'kube-dns' } as const;

export function corednsConfigMap(corefile: string): ClusterObject {
  return configMap(namespace, name, { Corefile: corefile });
}

const rules = {
  nodes: { apiGroups: [''], resources: ['nodes'], verbs: ['get'] },
  endpointslices: { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
} as const;

/** What CoreDNS reads in the API. */
export function corednsRole({ reads }: Pick<CoreDnsTraits, 'reads'>): ClusterObject {
  return clusterRole(roleName, [
    { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
    ...reads.map((resource) => rules[resource]),
  ]);
}

export function corednsRoleBinding(): ClusterObject {
  return clusterRoleBinding(roleName, roleName, [{ kind: 'ServiceAccount', name, namespace }]);
}

export function corednsServiceAccount(): ClusterObject {
  return serviceAccount(namespace, name);
}

/**
 * Returns the Service under its historic name. Resource version 0 is accepted in creating and makes replacing
 * unconditional; old API servers refused a replacement without any.
 * @param clusterIp address in the Service network that the kubelets give to Pods as name server
 */
export function dnsService(clusterIp: string, { serviceLabel }: Pick<CoreDnsTraits, 'serviceLabel'>): ClusterObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace,
      labels: { ...dnsLabels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': serviceLabel },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
      resourceVersion: '0',
    },
    spec: {
      clusterIP: clusterIp,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
      selector: dnsLabels,
    },
  };
}
