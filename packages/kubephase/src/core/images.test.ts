import { describe, expect, test } from 'vitest';
import type { ClusterConfig } from '../config/types.ts';
import { parseVersion } from '../formats/version.ts';
import { releaseFor } from '../releases/index.ts';
import { allImages, controlPlaneImage, corednsImage, etcdImage, pauseImage } from './images.ts';

const local = { dataDir: '/var/lib/etcd', extraArgs: [], extraEnvs: [], serverCertSANs: [], peerCertSANs: [] };

function cluster(version: string, changes: Partial<ClusterConfig> = {}): ClusterConfig {
  return {
    kubernetesVersion: version,
    imageRepository: 'registry.k8s.io',
    etcd: { local },
    dns: { disabled: false },
    proxy: { disabled: false },
    ...changes,
  } as ClusterConfig;
}

const release = (version: string) => releaseFor(parseVersion(version)!)!;

describe('images', () => {
  test('1.36 lists coredns before pause and etcd', () => {
    expect(allImages(cluster('v1.36.2'), release('v1.36.2'))).toEqual([
      'registry.k8s.io/kube-apiserver:v1.36.2',
      'registry.k8s.io/kube-controller-manager:v1.36.2',
      'registry.k8s.io/kube-scheduler:v1.36.2',
      'registry.k8s.io/kube-proxy:v1.36.2',
      'registry.k8s.io/coredns/coredns:v1.14.2',
      'registry.k8s.io/pause:3.10.2',
      'registry.k8s.io/etcd:3.6.8-0',
    ]);
  });

  test('1.28 lists coredns last', () => {
    expect(allImages(cluster('v1.28.0'), release('v1.28.0')).slice(4)).toEqual([
      'registry.k8s.io/pause:3.9',
      'registry.k8s.io/etcd:3.5.9-0',
      'registry.k8s.io/coredns/coredns:v1.10.1',
    ]);
  });

  test('disabled add-ons and an external etcd need no image', () => {
    const external = { endpoints: ['https://e:2379'], httpEndpoints: [], caFile: '', certFile: '', keyFile: '' };
    const images = allImages(
      cluster('v1.36.2', { etcd: { external }, dns: { disabled: true }, proxy: { disabled: true } }),
      release('v1.36.2'),
    );
    expect(images.join(' ')).not.toMatch(/coredns|kube-proxy|etcd/);
    expect(images).toHaveLength(4);
  });

  test.each<[string, Partial<ClusterConfig>, string]>([
    ['the default registry', {}, 'registry.k8s.io/coredns/coredns:v1.14.2'],
    ['a registry of the user', { imageRepository: 'reg.example/k8s' }, 'reg.example/k8s/coredns:v1.14.2'],
    [
      'the default registry for DNS only',
      { imageRepository: 'reg.example', dns: { imageRepository: 'registry.k8s.io', disabled: false } },
      'registry.k8s.io/coredns/coredns:v1.14.2',
    ],
    [
      'repository and tag of the user',
      { dns: { imageRepository: 'reg.dns', imageTag: 'v1.2.3', disabled: false } },
      'reg.dns/coredns:v1.2.3',
    ],
    [
      'the nested path spelled out',
      { dns: { imageRepository: 'registry.k8s.io/coredns', disabled: false } },
      'registry.k8s.io/coredns/coredns:v1.14.2',
    ],
    ['the registry before 2022', { imageRepository: 'k8s.gcr.io' }, 'k8s.gcr.io/coredns:v1.14.2'],
  ])('CoreDNS from %s', (_, changes, image) => {
    expect(corednsImage(cluster('v1.36.2', changes), release('v1.36.2'))).toBe(image);
  });

  test.each([
    ['v1.20.15', 'k8s.gcr.io', 'k8s.gcr.io/coredns:1.7.0'],
    ['v1.22.0', 'k8s.gcr.io', 'k8s.gcr.io/coredns/coredns:v1.8.4'],
    ['v1.22.0', 'registry.k8s.io', 'registry.k8s.io/coredns/coredns:v1.8.4'],
  ])('CoreDNS of %s from %s', (version, imageRepository, image) => {
    expect(corednsImage(cluster(version, { imageRepository }), release(version))).toBe(image);
  });

  test('etcd takes repository and tag of its own', () => {
    const etcd = { local: { ...local, imageRepository: 'reg.e', imageTag: '3.5.1' } };
    expect(etcdImage(cluster('v1.36.2', { etcd }), release('v1.36.2'))).toBe('reg.e/etcd:3.5.1');
    expect(pauseImage(cluster('v1.36.2', { etcd }), release('v1.36.2'))).toBe('registry.k8s.io/pause:3.10.2');
  });

  test('CI builds come from the CI registry unless the user has a registry', () => {
    const ci = { ciKubernetesVersion: 'ci/v1.36.2' };
    expect(controlPlaneImage(cluster('v1.36.2', ci), release('v1.36.2'), 'kube-proxy')).toBe(
      'gcr.io/k8s-staging-ci-images/kube-proxy:v1.36.2',
    );
    expect(controlPlaneImage(cluster('v1.36.2', { ...ci, imageRepository: 'reg.example' }), release('v1.36.2'), 'kube-proxy')).toBe(
      'reg.example/kube-proxy:v1.36.2',
    );
    expect(etcdImage(cluster('v1.36.2', ci), release('v1.36.2'))).toBe('registry.k8s.io/etcd:3.6.8-0');
  });

  test('build metadata becomes part of the tag with an underscore', () => {
    expect(controlPlaneImage(cluster('v1.36.2+abc'), release('v1.36.2'), 'kube-apiserver')).toBe(
      'registry.k8s.io/kube-apiserver:v1.36.2_abc',
    );
  });
});
