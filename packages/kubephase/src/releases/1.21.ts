/** Kubernetes 1.21: CoreDNS moves one path segment down; control-plane nodes are kept out of load balancers. */
import { release as previous } from './1.20.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.21',
  lastPatch: 14,
  confirmed: true,
  registry: [[0, 'k8s.gcr.io']],
  etcd: [[0, '3.4.13-0']],
  coredns: [[0, 'v1.8.0']],
  corednsNested: true,
  pause: '3.4.1',
  traits: {
    ...previous.traits,
    podInfraContainerImage: 'always',
    controlPlaneLabels: [...previous.traits.controlPlaneLabels, 'node.kubernetes.io/exclude-from-external-load-balancers'],
    // There by 1.24; taken to have come with the end of kube-dns in 1.21. Only `kubectl cluster-info` shows it.
    coredns: { ...previous.traits.coredns, serviceLabel: 'CoreDNS' },
  },
  patchTraits: [[2, { etcdEphemeralStorage: false }]],
} as const satisfies Release;
