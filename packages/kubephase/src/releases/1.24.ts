/** Kubernetes 1.24: the word "master" leaves the labels, the kubelet no longer speaks to Docker itself. */
import { release as previous } from './1.23.ts';
import type { Release } from './release.ts';

export const release = {
  minor: '1.24',
  lastPatch: 17,
  confirmed: true,
  registry: [
    [0, 'k8s.gcr.io'],
    [9, 'registry.k8s.io'],
  ],
  etcd: [
    [0, '3.5.3-0'],
    [8, '3.5.5-0'],
    [9, '3.5.6-0'],
  ],
  coredns: [[0, 'v1.8.6']],
  corednsNested: true,
  pause: '3.7',
  traits: {
    ...previous.traits,
    etcdFlags: 'corrupt-check',
    dockershim: false,
    controlPlaneTaints: ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane'],
    controlPlaneLabels: ['node-role.kubernetes.io/control-plane', 'node.kubernetes.io/exclude-from-external-load-balancers'],
    versionedKubeletConfigMap: false,
    kubeProxyZeroFields: {
      ...previous.traits.kubeProxyZeroFields,
      detectLocal: { bridgeInterface: '', interfaceNamePrefix: '' },
      winkernel: { enableDSR: false, forwardHealthCheckVip: false, networkName: '', rootHnsEndpointName: '', sourceVip: '' },
    },
  },
} as const satisfies Release;
