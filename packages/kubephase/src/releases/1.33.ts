/** Kubernetes 1.33: kubelets of the control plane use the API server beside them. */
import { release as previous } from './1.32.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.33',
  lastPatch: 13,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.21-0'],
    [6, '3.5.24-0'],
  ],
  coredns: [[0, 'v1.12.0']],
  corednsNested: true,
  pause: '3.10',
  traits: { ...previous.traits, kubeletUsesLocalEndpoint: true },
  patchTraits: [[6, { minimumExternalEtcd: '3.5.24-0' }]],
} as const satisfies Release;
