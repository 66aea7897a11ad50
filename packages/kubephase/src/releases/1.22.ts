/** Kubernetes 1.22: seccomp profile of the runtime, systemd as cgroup driver, no insecure port of the API server. */
import { release as previous } from './1.21.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.22',
  lastPatch: 17,
  confirmed: true,
  registry: [
    [0, 'k8s.gcr.io'],
    [17, 'registry.k8s.io'],
  ],
  etcd: [
    [0, '3.5.0-0'],
    [17, '3.5.6-0'],
  ],
  coredns: [[0, 'v1.8.4']],
  corednsNested: true,
  pause: '3.5',
  traits: {
    ...previous.traits,
    apiserverInsecurePortFlag: false,
    seccompProfile: true,
    etcdEphemeralStorage: false,
    // CoreDNS watches EndpointSlices from 1.8.1 on.
    coredns: { ...previous.traits.coredns, reads: ['nodes', 'endpointslices'] },
    kubeProxyNamedToleration: false,
    systemdCgroupDriver: true,
    kubeletZeroFields: { ...previous.traits.kubeletZeroFields, memorySwap: {} },
  },
  patchTraits: [[10, { etcdFlags: 'corrupt-check' }]],
} as const satisfies Release;
