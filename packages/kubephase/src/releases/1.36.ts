/** Kubernetes 1.36, with the changes of kubeadm 1.35, which 1.35.ts does not hold (see there). */
import { release as previous } from './1.34.ts';
import type { Release } from './release.ts';

const { apiserverKubeletClientOrganization: _removed, ...traits } = previous.traits;

export const release = {
  minor: '1.36',
  lastPatch: 3,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [[0, '3.6.8-0']],
  coredns: [[0, 'v1.14.2']],
  corednsNested: true,
  pause: '3.10.2',
  traits: {
    ...traits,
    extraArguments: 'appended',
    flexVolume: false,
    etcdFlags: 'feature-gates',
    podInfraContainerImage: 'never',
    minimumExternalEtcd: '3.5.24-0',
  },
} as const satisfies Release;
