/** Kubernetes 1.30: text logs get options of their own. */
import { release as previous } from './1.29.ts';
import type { Release } from './release.ts';

const logging = { flushFrequency: 0, options: { json: { infoBufferSize: '0' }, text: { infoBufferSize: '0' } }, verbosity: 0 } as const;

export const release = {
  minor: '1.30',
  lastPatch: 14,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.12-0'],
    [5, '3.5.15-0'],
  ],
  coredns: [
    [0, 'v1.11.1'],
    [5, 'v1.11.3'],
  ],
  corednsNested: true,
  pause: '3.9',
  traits: {
    ...previous.traits,
    kubeletZeroFields: { ...previous.traits.kubeletZeroFields, logging },
    kubeProxyZeroFields: { ...previous.traits.kubeProxyZeroFields, logging },
  },
} as const satisfies Release;
