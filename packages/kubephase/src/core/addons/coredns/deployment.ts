/** The Deployment of CoreDNS. */
import type { ClusterObject } from '../../cluster-objects/object.ts';
import { dnsLabels } from './objects.ts';

export interface CoreDnsDeployment {
  readonly image: string;
  readonly replicas: number;
  /** Keys of the control plane's taints, which CoreDNS tolerates. */
  readonly controlPlaneTaints: readonly string[];
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
    affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: otherNodes }] } },
    tolerations: [
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
      ...facts.controlPlaneTaints.map((key) => ({ key, effect: 'NoSchedule' })),
    ],
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    // The node's own name servers: asking the cluster's DNS would be asking itself.
    dnsPolicy: 'Default',
    containers: [container(facts.image)],
    volumes: [{ name: 'config-volume', configMap: { name: 'coredns', items: [{ key: 'Corefile', path: 'Corefile' }] } }],
  };
}

const otherNodes = {
  labelSelector: { matchExpressions: [{ key: 'k8s-app', operator: 'In', values: [dnsLabels['k8s-app']] }] },
  topologyKey: 'kubernetes.io/hostname',
};

function container(image: string): Readonly<Record<string, unknown>> {
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
      { containerPort: 8080, name: 'liveness-probe', protocol: 'TCP' },
      { containerPort: 8181, name: 'readiness-probe', protocol: 'TCP' },
    ],
    livenessProbe: {
      httpGet: { path: '/health', port: 'liveness-probe', scheme: 'HTTP' },
      initialDelaySeconds: 60,
      timeoutSeconds: 5,
      successThreshold: 1,
      failureThreshold: 5,
    },
    readinessProbe: { httpGet: { path: '/ready', port: 'readiness-probe', scheme: 'HTTP' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      readOnlyRootFilesystem: true,
    },
  };
}
