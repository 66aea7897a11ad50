/** Kubernetes 1.37. Image tags are second-hand and the traits are those of 1.36. */
import { release as previous } from './1.36.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.37',
  lastPatch: 1,
  confirmed: false,
  registry: [[0, 'registry.k8s.io']],
  etcd: [[0, '3.7.0-0']],
  coredns: [[0, 'v1.14.6']],
  corednsNested: true,
  pause: '3.10.2',
  traits: previous.traits,
} as const satisfies Release;
