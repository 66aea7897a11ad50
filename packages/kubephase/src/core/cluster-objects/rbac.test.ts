import { expect, test } from 'vitest';
import { clusterAdminsBinding, nodeBootstrapGrants } from './rbac.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const joining = { kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' };

function binding(name: string, role: string, subject: object): object {
  return {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [subject],
  };
}

const requests = 'system:certificates.k8s.io:certificatesigningrequests';
const untilV136 = [
  {
    apiVersion,
    kind: 'ClusterRole',
    metadata: { name: 'kubeadm:get-nodes' },
    rules: [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }],
  },
  binding('kubeadm:get-nodes', 'kubeadm:get-nodes', joining),
  binding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', joining),
  binding('kubeadm:node-autoapprove-bootstrap', `${requests}:nodeclient`, joining),
  binding('kubeadm:node-autoapprove-certificate-rotation', `${requests}:selfnodeclient`, { kind: 'Group', name: 'system:nodes' }),
];

test('the rights for joining come in the order of writing', () => {
  expect(nodeBootstrapGrants({}).flatMap((grant) => grant.objects)).toEqual([
    ...untilV136,
    binding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', { kind: 'User', name: 'kube-apiserver-kubelet-client' }),
  ]);
});

test('a client certificate with an organization needs no binding of its own', () => {
  const grants = nodeBootstrapGrants({ apiserverKubeletClientOrganization: 'system:masters' });
  expect(grants.flatMap((grant) => grant.objects)).toEqual(untilV136);
});

test('the group of admin.conf is bound to cluster-admin', () => {
  expect(clusterAdminsBinding()).toEqual(
    binding('kubeadm:cluster-admins', 'cluster-admin', { kind: 'Group', name: 'kubeadm:cluster-admins' }),
  );
});
