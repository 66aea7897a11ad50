/** Kubernetes 1.27: static Pods carry the number of their priority. */
import { release as previous } from './1.26.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.27',
  lastPatch: 16,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.7-0'],
    [7, '3.5.9-0'],
    [10, '3.5.10-0'],
    [12, '3.5.12-0'],
  ],
  coredns: [[0, 'v1.10.1']],
  corednsNested: true,
  pause: '3.9',
  traits: {
    ...previous.traits,
    podPriority: true,
    kubeletZeroFields: { ...previous.traits.kubeletZeroFields, containerRuntimeEndpoint: '' },
  },
} as const satisfies Release;
