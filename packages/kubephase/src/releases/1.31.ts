/** Kubernetes 1.31: etcd probes `/livez` and `/readyz`; only the parts of /etc/pki that hold CA certificates are mounted. */
import { release as previous } from './1.30.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.31',
  lastPatch: 14,
  // The etcd tag of patches 11 to 13 could not be looked up.
  confirmed: false,
  registry: [[0, 'registry.k8s.io']],
  etcd: [
    [0, '3.5.15-0'],
    [14, '3.5.24-0'],
  ],
  coredns: [
    [0, 'v1.11.1'],
    [1, 'v1.11.3'],
  ],
  corednsNested: true,
  pause: '3.10',
  traits: {
    ...previous.traits,
    etcdProbes: 'livez-readyz',
    caDirectories: [
      '/etc/ca-certificates',
      '/etc/pki/ca-trust',
      '/etc/pki/tls/certs',
      '/usr/local/share/ca-certificates',
      '/usr/share/ca-certificates',
    ],
    minimumExternalEtcd: '3.5.11-0',
  },
  patchTraits: [[14, { minimumExternalEtcd: '3.5.24-0' }]],
} as const satisfies Release;
