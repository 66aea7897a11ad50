/** The Deployment of CoreDNS. */
import type { Traits } from '../../../releases/release.ts';
import type { ClusterObject } from '../../cluster-objects/object.ts';
import { dnsLabels } from './objects.ts';

export interface CoreDnsDeployment {
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
