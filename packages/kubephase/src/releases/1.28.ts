/** Kubernetes 1.28: kube-proxy's configuration learns to log. */
import { release as previous } from './1.27.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.28',
  lastPatch: 15,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.9-0'],
    [6, '3.5.10-0'],
    [8, '3.5.12-0'],
    [14, '3.5.15-0'],
  ],
  coredns: [[0, 'v1.10.1']],
  corednsNested: true,
  pause: '3.9',
  traits: {
    ...previous.traits,
    // By the date of kubernetes/kubernetes#117521, April 2023; no release note names it.
    coredns: { ...previous.traits.coredns, reads: ['endpointslices'] },
    minimumExternalEtcd: '3.4.13-4',
    kubeProxyZeroFields: {
      ...previous.traits.kubeProxyZeroFields,
      logging: { flushFrequency: 0, options: { json: { infoBufferSize: '0' } }, verbosity: 0 },
    },
  },
} as const satisfies Release;
