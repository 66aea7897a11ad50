import { expect, test } from 'vitest';
import { release as v1_20 } from '../../../releases/1.20.ts';
import { release as v1_22 } from '../../../releases/1.22.ts';
import { release as v1_36 } from '../../../releases/1.36.ts';
import { corednsConfigMap, corednsRole, corednsRoleBinding, corednsServiceAccount, dnsService } from './objects.ts';

test('ConfigMap, ServiceAccount and rights are those of kubeadm', () => {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  expect([corednsConfigMap('.:53 {}\n'), corednsRole(v1_36.traits.coredns), corednsRoleBinding(), corednsServiceAccount()]).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns', namespace: 'kube-system' }, data: { Corefile: '.:53 {}\n' } },
    {
      apiVersion,
      kind: 'ClusterRole',
      metadata: { name: 'system:coredns' },
      rules: [
        { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
      ],
    },
    {
      apiVersion,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'system:coredns' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
      subjects: [{ kind: 'ServiceAccount', name: 'coredns', namespace: 'kube-system' }],
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'coredns', namespace: 'kube-system' } },
  ]);
});

const watched = { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] };
const nodes = { apiGroups: [''], resources: ['nodes'], verbs: ['get'] };
const slices = { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] };

test.each([
  [v1_20, [watched, nodes]],
  [v1_22, [watched, nodes, slices]],
  [v1_36, [watched, slices]],
])('CoreDNS of $minor may read what it needs', ({ traits }, rules) => {
  expect(corednsRole(traits.coredns)).toMatchObject({ rules });
});

test('the Service is called by the name of its time', () => {
  expect(dnsService('10.96.0.10', v1_20.traits.coredns).metadata.labels).toEqual({
    'k8s-app': 'kube-dns',
    'kubernetes.io/cluster-service': 'true',
    'kubernetes.io/name': 'KubeDNS',
  });
});

test('the Service has the address that the kubelets give to Pods', () => {
  expect(dnsService('10.96.0.10', v1_36.traits.coredns)).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: 'kube-system',
      labels: { 'k8s-app': 'kube-dns', 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
      resourceVersion: '0',
    },
    spec: {
      clusterIP: '10.96.0.10',
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
      selector: { 'k8s-app': 'kube-dns' },
    },
  });
});
