/** The objects of CoreDNS: ConfigMap, rights, Service and Deployment. */
import { addressAt, parseCidr } from '../../../formats/net/address.ts';
import type { CoreDnsTraits, Traits } from '../../../releases/release.ts';
import { configMap, serviceAccount, type ClusterObject } from '../../cluster-objects/object.ts';
import { clusterRole, clusterRoleBinding } from '../../cluster-objects/rbac.ts';

/** Counted from the first address of the range. */
const position = 10;

/** Returns the tenth address of the first Service network, or undefined when that is no range or too small. */
export function dnsAddress(serviceSubnet: string): string | undefined {
  const cidr = parseCidr(serviceSubnet.split(',')[0] ?? '');
  return cidr === undefined ? undefined : addressAt(cidr, position);
}

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

interface CoreDnsDeployment {
  readonly image: string;
  readonly replicas: number;
  readonly traits: Pick<Traits, 'coredns' | 'namedProbePort'>;
}

export function corednsDeployment(facts: CoreDnsDeployment): ClusterObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: 'kube-system', labels: dnsLabels },
    spec: {
      replicas: facts.replicas,
      selector: { matchLabels: dnsLabels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: { metadata: { labels: dnsLabels }, spec: podSpec(facts) },
    },
  };
}

function podSpec(facts: CoreDnsDeployment): Readonly<Record<string, unknown>> {
  return {
    priorityClassName: 'system-cluster-critical',
    serviceAccountName: 'coredns',
    ...(facts.traits.coredns.antiAffinity ? { affinity } : {}),
    tolerations: [
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
      ...facts.traits.coredns.toleratedTaints.map((key) => ({ key, effect: 'NoSchedule' })),
    ],
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    // The node's own name servers: asking the cluster's DNS would be asking itself.
    dnsPolicy: 'Default',
    containers: [container(facts)],
    volumes: [{ name: 'config-volume', configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] } }],
  };
}

const otherNodes = {
  labelSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: [dnsLabels['k8s-app']] }] },
  topologyKey: 'kubernetes.io/hostname',
};
const affinity = { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: otherNodes }] } };

const liveness = { containerPort: 8080, name: 'liveness-probe', protocol: 'TCP' } as const;
const readiness = { containerPort: 8181, name: 'readiness-probe', protocol: 'TCP' } as const;

function container({ image, traits }: CoreDnsDeployment): Readonly<Record<string, unknown>> {
  const key = traits.namedProbePort ? 'name' : 'containerPort';
  return {
    name: 'coredns',
    image,
    imagePullPolicy: 'IfNotPresent',
    args: ['-conf', '/etc/coredns/Corefile'],
    resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
    volumeMounts: [{ name: 'config-volume', mountPath: '/etc/coredns', readOnly: true }],
    ports: [
      { containerPort: 53, name: 'dns', protocol: 'UDP' },
      { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
      { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
      ...(traits.namedProbePort ? [liveness, readiness] : []),
    ],
    livenessProbe: {
      httpGet: { path: '/health', port: liveness[key], scheme: 'HTTP' },
      initialDelaySeconds: 60,
      timeoutSeconds: 5,
      successThreshold: 1,
      failureThreshold: 5,
    },
    readinessProbe: { httpGet: { path: '/ready', port: readiness[key], scheme: 'HTTP' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_BIND_SERVICE'], drop: [traits.coredns.allCapabilities] },
      readOnlyRootFilesystem: true,
    },
  };
}
