/** Kubernetes 1.26: the kubelet knows only one kind of container runtime and is no longer told so. */
import { release as previous } from './1.25.ts';
import type { Release } from './release.ts';

const { udpIdleTimeout: _removed, ...kubeProxyZeroFields } = previous.traits.kubeProxyZeroFields;

export const release = {
  minor: '1.26',
  lastPatch: 15,
  confirmed: true,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.6-0'],
    [10, '3.5.9-0'],
    [13, '3.5.10-0'],
  ],
  coredns: [[0, 'v1.9.3']],
  corednsNested: true,
  pause: '3.9',
  traits: {
    ...previous.traits,
    containerRuntimeFlag: false,
    coredns: { ...previous.traits.coredns, toleratedTaints: ['node-role.kubernetes.io/control-plane'] },
    kubeProxyZeroFields: {
      ...kubeProxyZeroFields,
      iptables: { localhostNodePorts: null, masqueradeAll: false, masqueradeBit: null, minSyncPeriod: '0s', syncPeriod: '0s' },
    },
  },
  patchTraits: [[7, { podPriority: true }]],
} as const satisfies Release;
