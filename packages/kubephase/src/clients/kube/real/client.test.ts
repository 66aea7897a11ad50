import { describe, expect, it } from 'vitest';
import { collectionPath, groupPath, knownResource, objectPath, resourceIn } from './client.ts';

const rbac = 'rbac.authorization.k8s.io/v1';

describe('paths', () => {
  it.each([
    [
      { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-public', name: 'cluster-info' },
      '/api/v1/namespaces/kube-public/configmaps/cluster-info',
    ],
    [{ apiVersion: 'v1', kind: 'Node', name: 'cp1' }, '/api/v1/nodes/cp1'],
    [
      { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'kube-system', name: 'kube-proxy' },
      '/apis/apps/v1/namespaces/kube-system/daemonsets/kube-proxy',
    ],
    [
      { apiVersion: rbac, kind: 'ClusterRoleBinding', name: 'kubeadm:cluster-admins' },
      `/apis/${rbac}/clusterrolebindings/kubeadm%3Acluster-admins`,
    ],
    [{ apiVersion: 'v1', kind: 'Secret', namespace: '../x', name: 'a/b?c' }, '/api/v1/namespaces/..%2Fx/secrets/a%2Fb%3Fc'],
  ])('lead to %j', (reference, path) => {
    expect(objectPath(reference, knownResource(reference) ?? '')).toBe(path);
  });

  it('of a list lead to one namespace or to all', () => {
    expect(collectionPath({ apiVersion: 'v1', namespace: 'kube-system' }, 'pods')).toBe('/api/v1/namespaces/kube-system/pods');
    expect(collectionPath({ apiVersion: 'v1' }, 'pods')).toBe('/api/v1/pods');
  });

  it('of a kind depend on its API version', () => {
    expect(knownResource({ apiVersion: 'apps/v1beta1', kind: 'Deployment' })).toBeUndefined();
    expect(groupPath('apps/v1beta1')).toBe('/apis/apps/v1beta1');
  });

  it('come from the list of the server, without parts of other resources', () => {
    const resources = [
      { name: 'leases/status', kind: 'Lease' },
      { name: 'leases', kind: 'Lease' },
    ];
    expect(resourceIn({ resources }, 'Lease')).toBe('leases');
    expect(resourceIn({ resources }, 'Rent')).toBeUndefined();
    expect(resourceIn({}, 'Lease')).toBeUndefined();
  });
});
