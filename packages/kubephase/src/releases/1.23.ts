/** Kubernetes 1.23: no insecure ports at all. */
import { release as previous } from './1.22.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.23',
  lastPatch: 17,
  confirmed: true,
  registry: [
    [0, 'k8s.gcr.io'],
    [15, 'registry.k8s.io'],
  ],
  etcd: [
    [0, '3.5.1-0'],
    [14, '3.5.5-0'],
    [15, '3.5.6-0'],
  ],
  coredns: [[0, 'v1.8.6']],
  corednsNested: true,
  pause: '3.6',
  traits: {
    ...previous.traits,
    insecurePortFlag: false,
    kubeletZeroFields: {
      ...previous.traits.kubeletZeroFields,
      logging: { flushFrequency: 0, options: { json: { infoBufferSize: '0' } }, verbosity: 0 },
    },
  },
  patchTraits: [[7, { etcdFlags: 'corrupt-check' }]],
} as const satisfies Release;
