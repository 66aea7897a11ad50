/** Kubernetes 1.29: admin.conf is bound by RBAC, super-admin.conf is the way in when RBAC is broken. */
import { release as previous } from './1.28.ts';
import type { Release } from './release.ts';

const { etcdClientOrganization: _removed, ...traits } = previous.traits;

export const release = {
  minor: '1.29',
  lastPatch: 15,
  // The etcd tag of patches 11 to 14 could not be looked up.
  confirmed: false,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.10-0'],
    [3, '3.5.12-0'],
    [9, '3.5.15-0'],
    [15, '3.5.16-0'],
  ],
  coredns: [[0, 'v1.11.1']],
  corednsNested: true,
  pause: '3.9',
  traits: {
    ...traits,
    superAdmin: true,
    apiserverKubeletClientOrganization: 'kubeadm:cluster-admins',
    // By the date of kubernetes/kubernetes#121384, October 2023; no release note names it.
    coredns: { ...previous.traits.coredns, allCapabilities: 'ALL' },
    kubeletZeroFields: { ...previous.traits.kubeletZeroFields, imageMaximumGCAge: '0s' },
    kubeProxyZeroFields: {
      ...previous.traits.kubeProxyZeroFields,
      conntrack: {
        maxPerCore: null,
        min: null,
        tcpBeLiberal: false,
        tcpCloseWaitTimeout: null,
        tcpEstablishedTimeout: null,
        udpStreamTimeout: '0s',
        udpTimeout: '0s',
      },
      nftables: { masqueradeAll: false, masqueradeBit: null, minSyncPeriod: '0s', syncPeriod: '0s' },
    },
    imageOrder: 'coredns-before-pause',
  },
} as const satisfies Release;
