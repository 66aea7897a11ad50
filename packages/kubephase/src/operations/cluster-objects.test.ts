import { expect, test } from 'vitest';
import { find, parseYaml, textOf } from '../../test/fixtures/cluster-objects.ts';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { succeed } from '../../test/fixtures/init-context.ts';
import { markControlPlane } from '../phases/control-plane.ts';
import { kubeadm as uploadKubeadm, kubelet as uploadKubelet } from '../phases/upload-config.ts';

test('upload-config/kubeadm writes the cluster configuration and who may read it', async () => {
  const { kube, requests } = await succeed(uploadKubeadm);
  expect(requests).toEqual([
    'create ConfigMap kube-system/kubeadm-config',
    'create Role kube-system/kubeadm:nodes-kubeadm-config',
    'create RoleBinding kube-system/kubeadm:nodes-kubeadm-config',
  ]);
  const yaml = textOf(find(kube.objects(), 'ConfigMap', 'kubeadm-config'), 'ClusterConfiguration');
  expect(yaml.endsWith('\n')).toBe(true);
  expect(parseYaml(yaml)).toMatchObject({
    kind: 'ClusterConfiguration',
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kubernetesVersion: 'v1.36.2',
  });
});

test('upload-config/kubeadm keeps other keys of an existing ConfigMap', async () => {
  const existing = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
    data: { ClusterConfiguration: 'old', mine: 'kept' },
  };
  const { kube } = await succeed(uploadKubeadm, { objects: [existing] });
  const map = find(kube.objects(), 'ConfigMap', 'kubeadm-config');
  expect(textOf(map, 'mine')).toBe('kept');
  expect(textOf(map, 'ClusterConfiguration')).not.toBe('old');
});

test('upload-config/kubelet writes the configuration with its mark', async () => {
  const { kube, requests } = await succeed(uploadKubelet);
  expect(requests).toEqual([
    'create ConfigMap kube-system/kubelet-config',
    'create Role kube-system/kubeadm:kubelet-config',
    'create RoleBinding kube-system/kubeadm:kubelet-config',
  ]);
  const map = find(kube.objects(), 'ConfigMap', 'kubelet-config');
  expect(parseYaml(textOf(map, 'kubelet'))).toEqual(initConfig().kubelet.document);
  expect(map.metadata.annotations).toHaveProperty(['kubeadm.kubernetes.io/component-config.hash']);
});

test('mark-control-plane labels and taints the Node', async () => {
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1', labels: { 'kubernetes.io/hostname': 'cp1' } }, spec: {} };
  const { kube, lines } = await succeed(markControlPlane, { objects: [node] });
  expect(find(kube.objects(), 'Node', 'cp1')).toMatchObject({
    metadata: {
      labels: {
        'kubernetes.io/hostname': 'cp1',
        'node-role.kubernetes.io/control-plane': '',
        'node.kubernetes.io/exclude-from-external-load-balancers': '',
      },
    },
    spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
  });
  expect(lines).toHaveLength(2);
});
