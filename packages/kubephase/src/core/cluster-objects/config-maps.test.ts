import { expect, test } from 'vitest';
import {
  clusterInfoAccess,
  clusterInfoMap,
  componentConfigHash,
  kubeadmConfigAccess,
  kubeadmConfigMap,
  kubeletConfigAccess,
  kubeletConfigMap,
  kubeletConfigName,
  markGenerated,
  withClusterConfiguration,
} from './config-maps.ts';
import { configMap } from './object.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

test('kubeadm-config holds the cluster configuration under its only key', () => {
  expect(kubeadmConfigMap('kind: ClusterConfiguration\n')).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
    data: { ClusterConfiguration: 'kind: ClusterConfiguration\n' },
  });
});

test('an existing kubeadm-config keeps what others put into it', () => {
  const existing = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubeadm-config', namespace: 'kube-system', resourceVersion: '7', labels: { team: 'a' } },
    data: { ClusterConfiguration: 'old', mine: 'kept' },
  };
  expect(withClusterConfiguration(existing, 'new')).toEqual({ ...existing, data: { ClusterConfiguration: 'new', mine: 'kept' } });
});

test('an existing kubeadm-config without data gets the key', () => {
  const existing = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kubeadm-config' } };
  expect(withClusterConfiguration(existing, 'new')).toEqual({ ...existing, data: { ClusterConfiguration: 'new' } });
});

test('joining and joined nodes may read kubeadm-config', () => {
  const metadata = { name: 'kubeadm:nodes-kubeadm-config', namespace: 'kube-system' };
  expect(kubeadmConfigAccess()).toEqual([
    {
      apiVersion: rbac,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resourceNames: ['kubeadm-config'], resources: ['configmaps'], verbs: ['get'] }],
    },
    {
      apiVersion: rbac,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'kubeadm:nodes-kubeadm-config' },
      subjects: [
        { kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' },
        { kind: 'Group', name: 'system:nodes' },
      ],
    },
  ]);
});

test('the hash runs over the values in the order of their keys', () => {
  expect(componentConfigHash({ y: 'b', x: 'a\n' })).toBe('sha256:7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78');
});

test('marking keeps the annotations that are there', () => {
  const map = configMap('n', 'm', { x: 'a\n', y: 'b' });
  const annotated = { ...map, metadata: { ...map.metadata, annotations: { mine: '1' } } };
  expect(markGenerated(annotated).metadata.annotations).toEqual({
    mine: '1',
    'kubeadm.kubernetes.io/component-config.hash': componentConfigHash({ x: 'a\n', y: 'b' }),
  });
});

test('a generated kubelet-config carries the hash, one of the user does not', () => {
  const yaml = 'kind: KubeletConfiguration\n';
  const plain = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubelet-config', namespace: 'kube-system' },
    data: { kubelet: yaml },
  };
  expect(kubeletConfigMap('kubelet-config', { yaml, userSupplied: true })).toEqual(plain);
  expect(kubeletConfigMap('kubelet-config', { yaml, userSupplied: false })).toEqual({
    ...plain,
    metadata: { ...plain.metadata, annotations: { 'kubeadm.kubernetes.io/component-config.hash': componentConfigHash({ kubelet: yaml }) } },
  });
});

test.each([
  [false, 'kubelet-config'],
  [true, 'kubelet-config-1.23'],
])('with versionedKubeletConfigMap %s the ConfigMap is named %s', (versionedKubeletConfigMap, name) => {
  expect(kubeletConfigName({ minor: '1.23', traits: { versionedKubeletConfigMap } })).toBe(name);
  expect(kubeletConfigAccess(name)[1]).toEqual({
    apiVersion: rbac,
    kind: 'RoleBinding',
    metadata: { name: `kubeadm:${name}`, namespace: 'kube-system' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: `kubeadm:${name}` },
    subjects: [
      { kind: 'Group', name: 'system:nodes' },
      { kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' },
    ],
  });
});

test('cluster-info holds a kubeconfig with one unnamed cluster and no users', () => {
  const cluster = { server: 'https://cp.example.test:6443', 'certificate-authority-data': 'Q0E=' };
  expect(clusterInfoMap({ cluster, preferences: false })).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'cluster-info', namespace: 'kube-public' },
    data: {
      kubeconfig: `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: Q0E=
    server: https://cp.example.test:6443
  name: ""
contexts: null
current-context: ""
kind: Config
users: null
`,
    },
  });
});

test('the kubeconfig in cluster-info has the empty preferences of older releases', () => {
  const map = clusterInfoMap({ cluster: { server: 's' }, preferences: true });
  expect((map['data'] as { kubeconfig: string }).kubeconfig).toContain('kind: Config\npreferences: {}\nusers: null\n');
});

test('everybody may read cluster-info', () => {
  const metadata = { name: 'kubeadm:bootstrap-signer-clusterinfo', namespace: 'kube-public' };
  expect(clusterInfoAccess()).toEqual([
    {
      apiVersion: rbac,
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resourceNames: ['cluster-info'], resources: ['configmaps'], verbs: ['get'] }],
    },
    {
      apiVersion: rbac,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'kubeadm:bootstrap-signer-clusterinfo' },
      subjects: [{ kind: 'User', name: 'system:anonymous' }],
    },
  ]);
});
