/** Kubernetes 1.34: etcd 3.6, named probe ports, the CRI socket in a file of the node. */
import { release as previous } from './1.33.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.34',
  lastPatch: 9,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.6.4-0'],
    [2, '3.6.5-0'],
  ],
  coredns: [[0, 'v1.12.1']],
  corednsNested: true,
  pause: '3.10.1',
  traits: {
    ...previous.traits,
    etcdFlags: 'by-etcd-version',
    namedProbePort: true,
    nullCreationTimestamp: false,
    kubeconfigPreferences: false,
    nodeLocalCriSocket: true,
    minimumExternalEtcd: '3.5.21-0',
  },
  patchTraits: [[2, { minimumExternalEtcd: '3.5.24-0' }]],
} as const satisfies Release;
