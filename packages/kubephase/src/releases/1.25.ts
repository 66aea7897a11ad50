/** Kubernetes 1.25: one taint, etcd probes that look at one member only, progress notifications of etcd. */
import { release as previous } from './1.24.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.25',
  lastPatch: 16,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.4-0'],
    [4, '3.5.5-0'],
    [5, '3.5.6-0'],
    [15, '3.5.9-0'],
  ],
  coredns: [[0, 'v1.9.3']],
  corednsNested: true,
  pause: '3.8',
  traits: {
    ...previous.traits,
    etcdFlags: 'experimental',
    etcdProbes: 'serializable',
    controlPlaneTaints: ['node-role.kubernetes.io/control-plane'],
    coredns: { ...previous.traits.coredns, antiAffinity: true },
  },
  patchTraits: [[12, { podPriority: true }]],
} as const satisfies Release;
