import { describe, expect, test } from 'vitest';
import { initConfig } from '../../../test/fixtures/init-config.ts';
import type { StaticPodName } from '../manifests/pod.ts';
import { fileAccess } from './rootless.ts';

const users = {
  etcd: { uid: 1, gid: 11 },
  kubeApiserver: { uid: 2, gid: 12 },
  kubeControllerManager: { uid: 3, gid: 13 },
  kubeScheduler: { uid: 4, gid: 14 },
  keyReaders: 15,
};

const lines = (component: StaticPodName, externalCa = false, config = initConfig()) =>
  fileAccess(component, { config, users, externalCa }).map(
    ({ path, owner, mode, recursive }) => `${path} ${owner.uid}:${owner.gid} ${mode?.toString(8) ?? '-'}${recursive ? ' -R' : ''}`,
  );

describe('files of components without root', () => {
  test('the API server owns its keys and reads the service account key', () => {
    expect(lines('kube-apiserver')).toEqual([
      '/etc/kubernetes/pki/sa.pub 2:12 600',
      '/etc/kubernetes/pki/apiserver.key 2:12 600',
      '/etc/kubernetes/pki/apiserver-kubelet-client.key 2:12 600',
      '/etc/kubernetes/pki/front-proxy-client.key 2:12 600',
      '/etc/kubernetes/pki/apiserver-etcd-client.key 2:12 600',
      '/etc/kubernetes/pki/sa.key 0:15 640',
    ]);
  });

  test('without a local etcd there is no key for it', () => {
    const external = { endpoints: [], httpEndpoints: [], caFile: '', certFile: '', keyFile: '' };
    const config = initConfig({ cluster: { etcd: { external } } });
    expect(lines('kube-apiserver', false, config).join()).not.toContain('etcd');
  });

  test('the controller manager owns the CA key unless it is elsewhere', () => {
    expect(lines('kube-controller-manager')).toEqual([
      '/etc/kubernetes/controller-manager.conf 3:13 600',
      '/etc/kubernetes/pki/sa.key 0:15 640',
      '/etc/kubernetes/pki/ca.key 3:13 600',
    ]);
    expect(lines('kube-controller-manager', true)).toHaveLength(2);
  });

  test('the scheduler owns its kubeconfig, etcd its data and keys', () => {
    expect(lines('kube-scheduler')).toEqual(['/etc/kubernetes/scheduler.conf 4:14 600']);
    expect(lines('etcd')).toEqual([
      '/var/lib/etcd 1:11 - -R',
      '/etc/kubernetes/pki/etcd/server.key 1:11 600',
      '/etc/kubernetes/pki/etcd/peer.key 1:11 600',
    ]);
  });
});
