import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseVersion } from '../formats/version.ts';
import { newestRelease, releaseFor, releases, supportedMinors } from './index.ts';
import type { Traits } from './release.ts';

const resolved = (text: string) => releaseFor(parseVersion(text)!);

describe('releases', () => {
  test('every file with a minor is listed, in ascending order', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => /^\d+\.\d+\.ts$/.test(name));
    expect(supportedMinors).toEqual(files.map((name) => name.replace(/\.ts$/, '')).sort());
  });

  test.each(releases.map((release) => [release.minor, release] as const))('the rows of %s start at patch 0 and ascend', (_, release) => {
    for (const rows of [release.registry, release.etcd, release.coredns]) {
      const patches = rows.map(([patch]) => patch);
      expect(patches[0]).toBe(0);
      expect(patches).toEqual([...new Set(patches)].sort((a, b) => a - b));
      expect(patches.at(-1)).toBeLessThanOrEqual(release.lastPatch);
    }
    for (const [patch] of release.patchTraits ?? []) expect(patch).toBeGreaterThan(0);
  });

  test.each([
    ['v1.22.16', { registry: 'k8s.gcr.io', etcd: '3.5.0-0', coredns: 'v1.8.4', pause: '3.5' }],
    ['v1.22.17', { registry: 'registry.k8s.io', etcd: '3.5.6-0', coredns: 'v1.8.4', pause: '3.5' }],
    ['v1.30.4', { registry: 'registry.k8s.io', etcd: '3.5.12-0', coredns: 'v1.11.1', pause: '3.9' }],
    ['v1.30.5', { registry: 'registry.k8s.io', etcd: '3.5.15-0', coredns: 'v1.11.3', pause: '3.9' }],
    ['v1.34.2', { registry: 'registry.k8s.io', etcd: '3.6.5-0', coredns: 'v1.12.1', pause: '3.10.1' }],
    ['v1.35.4', { registry: 'registry.k8s.io', etcd: '3.6.8-0', coredns: 'v1.14.2', pause: '3.10.2' }],
    ['v1.36.0-rc.1', { registry: 'registry.k8s.io', etcd: '3.6.8-0', coredns: 'v1.14.2', pause: '3.10.2' }],
    ['v1.36.99', { registry: 'registry.k8s.io', etcd: '3.6.8-0', coredns: 'v1.14.2', pause: '3.10.2' }],
  ])('%s takes the rows of its patch', (version, images) => {
    expect(resolved(version)).toMatchObject({ version, ...images });
  });

  test.each([
    ['v1.20.7', { etcdEphemeralStorage: true, etcdFlags: 'none', insecurePortFlag: true }],
    ['v1.20.8', { etcdEphemeralStorage: false }],
    ['v1.23.6', { etcdFlags: 'none' }],
    ['v1.23.7', { etcdFlags: 'corrupt-check' }],
    ['v1.26.6', { podPriority: false }],
    ['v1.26.7', { podPriority: true }],
    ['v1.20.2', { minimumExternalEtcd: '3.2.18' }],
    ['v1.27.16', { minimumExternalEtcd: '3.2.18' }],
    ['v1.28.0', { minimumExternalEtcd: '3.4.13-4' }],
    ['v1.31.13', { minimumExternalEtcd: '3.5.11-0' }],
    ['v1.31.14', { minimumExternalEtcd: '3.5.24-0' }],
    ['v1.32.9', { minimumExternalEtcd: '3.5.11-0' }],
    ['v1.33.6', { minimumExternalEtcd: '3.5.24-0' }],
    ['v1.34.1', { minimumExternalEtcd: '3.5.21-0' }],
    ['v1.34.2', { minimumExternalEtcd: '3.5.24-0' }],
    ['v1.35.0', { minimumExternalEtcd: '3.5.24-0' }],
    ['v1.36.2', { minimumExternalEtcd: '3.5.24-0' }],
    ['v1.28.15', { etcdClientOrganization: 'system:masters', apiserverKubeletClientOrganization: 'system:masters' }],
  ])('%s has the traits of its patch', (version, traits) => {
    expect(resolved(version)?.traits).toMatchObject(traits);
  });

  describe.each<[string, (traits: Traits) => unknown, readonly (readonly [minor: string, value: unknown])[]]>([
    [
      'the own domain is not cached',
      ({ coredns }) => coredns.ownDomainUncached,
      [
        ['1.20', false],
        ['1.32', true],
      ],
    ],
    [
      'what CoreDNS reads',
      ({ coredns }) => coredns.reads,
      [
        ['1.20', ['nodes']],
        ['1.22', ['nodes', 'endpointslices']],
        ['1.28', ['endpointslices']],
      ],
    ],
    [
      'CoreDNS spreads',
      ({ coredns }) => coredns.antiAffinity,
      [
        ['1.20', false],
        ['1.25', true],
      ],
    ],
    [
      'capabilities that CoreDNS drops',
      ({ coredns }) => coredns.allCapabilities,
      [
        ['1.20', 'all'],
        ['1.29', 'ALL'],
      ],
    ],
    [
      'taints that CoreDNS tolerates',
      ({ coredns }) => coredns.toleratedTaints,
      [
        ['1.20', ['node-role.kubernetes.io/master', 'node-role.kubernetes.io/control-plane']],
        ['1.26', ['node-role.kubernetes.io/control-plane']],
      ],
    ],
    [
      'label of the Service',
      ({ coredns }) => coredns.serviceLabel,
      [
        ['1.20', 'KubeDNS'],
        ['1.21', 'CoreDNS'],
      ],
    ],
    [
      'named toleration of kube-proxy',
      ({ kubeProxyNamedToleration }) => kubeProxyNamedToleration,
      [
        ['1.20', true],
        ['1.22', false],
      ],
    ],
    [
      'named probe ports',
      ({ namedProbePort }) => namedProbePort,
      [
        ['1.20', false],
        ['1.34', true],
      ],
    ],
  ])('%s', (_, read, rows) => {
    test.each(supportedMinors)('has in %s the value of its row', (minor) => {
      const row = rows.findLast(([from]) => from <= minor);
      expect(read(resolved(`v${minor}.0`)!.traits)).toEqual(row?.[1]);
    });
  });

  test('organizations that a minor dropped are absent, not undefined', () => {
    expect(resolved('v1.29.0')?.traits).not.toHaveProperty('etcdClientOrganization');
    expect(resolved('v1.34.0')?.traits.apiserverKubeletClientOrganization).toBe('kubeadm:cluster-admins');
    expect(resolved('v1.36.0')?.traits).not.toHaveProperty('apiserverKubeletClientOrganization');
  });

  test('kube-proxy forgets udpIdleTimeout in 1.26', () => {
    expect(resolved('v1.25.0')?.traits.kubeProxyZeroFields).toHaveProperty('udpIdleTimeout');
    expect(resolved('v1.26.0')?.traits.kubeProxyZeroFields).not.toHaveProperty('udpIdleTimeout');
  });

  test('a minor that is not known has no release', () => {
    expect(resolved('v1.19.0')).toBeUndefined();
    expect(resolved('v2.36.0')).toBeUndefined();
  });

  test('the newest release is the newest confirmed one at its last patch', () => {
    expect(newestRelease()).toMatchObject({ version: 'v1.36.3', minor: '1.36', confirmed: true });
  });
});
