/** Kubernetes 1.32: the scheduler is probed at `/livez` and `/readyz`; DNS answers of the cluster's own domain are not cached. */
import { release as previous } from './1.31.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.32',
  lastPatch: 13,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.16-0'],
    [10, '3.5.24-0'],
  ],
  coredns: [[0, 'v1.11.3']],
  corednsNested: true,
  pause: '3.10',
  traits: {
    ...previous.traits,
    schedulerProbes: 'livez-readyz',
    coredns: { ...previous.traits.coredns, ownDomainUncached: true },
    kubeletZeroFields: { ...previous.traits.kubeletZeroFields, crashLoopBackOff: {} },
  },
  patchTraits: [[10, { minimumExternalEtcd: '3.5.24-0' }]],
} as const satisfies Release;
