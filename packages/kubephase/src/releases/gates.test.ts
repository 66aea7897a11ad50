import { describe, expect, test } from 'vitest';
import { parseVersion } from '../formats/version.ts';
import { describeGate, gateNames, gatesOf, gateStage, withGates } from './gates.ts';
import { releaseFor } from './index.ts';

describe('the gates of a minor', () => {
  test.each([
    ['1.20', ['IPv6DualStack', 'PublicKeysECDSA']],
    ['1.23', ['IPv6DualStack', 'PublicKeysECDSA', 'RootlessControlPlane', 'UnversionedKubeletConfigMap']],
    ['1.24', ['PublicKeysECDSA', 'RootlessControlPlane', 'UnversionedKubeletConfigMap']],
    ['1.26', ['PublicKeysECDSA', 'RootlessControlPlane']],
    [
      '1.30',
      ['EtcdLearnerMode', 'PublicKeysECDSA', 'RootlessControlPlane', 'UpgradeAddonsBeforeControlPlane', 'WaitForAllControlPlaneComponents'],
    ],
    [
      '1.34',
      ['ControlPlaneKubeletLocalMode', 'NodeLocalCRISocket', 'PublicKeysECDSA', 'RootlessControlPlane', 'WaitForAllControlPlaneComponents'],
    ],
    ['1.36', ['NodeLocalCRISocket', 'PublicKeysECDSA', 'RootlessControlPlane']],
  ])('of %s are those of its kubeadm', (minor, names) => {
    expect(gatesOf(minor)).toEqual(names);
  });

  test.each([
    ['EtcdLearnerMode', '1.26', undefined],
    ['EtcdLearnerMode', '1.28', 'alpha'],
    ['EtcdLearnerMode', '1.29', 'beta'],
    ['EtcdLearnerMode', '1.32', 'locked'],
    ['EtcdLearnerMode', '1.33', undefined],
    ['PublicKeysECDSA', '1.28', 'alpha'],
    ['PublicKeysECDSA', '1.37', 'deprecated'],
    ['toString', '1.36', undefined],
  ])('%s in %s is %s', (name, minor, stage) => {
    expect(gateStage(name, minor)).toBe(stage);
  });

  test.each([
    ['EtcdLearnerMode', 'can be set for Kubernetes 1.27 to 1.31, and is always on in 1.32'],
    ['IPv6DualStack', 'can be set for Kubernetes 1.20 to 1.22, and is always on in 1.23'],
    ['UpgradeAddonsBeforeControlPlane', 'can be set for Kubernetes 1.28 to 1.30'],
    ['NodeLocalCRISocket', 'can be set for Kubernetes 1.32 to 1.35, and is always on in 1.36 and later'],
    ['RootlessControlPlane', 'can be set for Kubernetes 1.22 and later'],
  ])('%s %s', (name, words) => {
    expect(describeGate(name)).toBe(words);
  });

  test('no gate goes back to an earlier minor', () => {
    for (const name of gateNames) {
      const on = Array.from({ length: 20 }, (_, index) => gateStage(name, `1.${index + 20}`) !== undefined);
      expect(on.join('').replaceAll('false', '0').replaceAll('true', '1'), name).toMatch(/^0*1+0*$/);
    }
  });
});

const release = (version: string) => releaseFor(parseVersion(version)!)!;

describe('what gates change', () => {
  test.each([
    ['v1.33.4', { ControlPlaneKubeletLocalMode: false }, { kubeletUsesLocalEndpoint: false }],
    ['v1.31.4', { ControlPlaneKubeletLocalMode: true }, { kubeletUsesLocalEndpoint: true }],
    ['v1.23.4', { UnversionedKubeletConfigMap: true }, { versionedKubeletConfigMap: false }],
    ['v1.24.1', { UnversionedKubeletConfigMap: false }, { versionedKubeletConfigMap: true }],
    ['v1.33.4', { NodeLocalCRISocket: true }, { nodeLocalCriSocket: true }],
    ['v1.36.2', { NodeLocalCRISocket: false }, { nodeLocalCriSocket: false }],
  ])('%s with %j has %j', (version, gates, traits) => {
    expect(withGates(release(version), gates)).toEqual({ ...release(version), traits: { ...release(version).traits, ...traits } });
  });

  test.each([
    ['v1.35.1', { ControlPlaneKubeletLocalMode: false }],
    ['v1.36.2', { ControlPlaneKubeletLocalMode: false }],
    ['v1.25.3', { UnversionedKubeletConfigMap: false }],
    ['v1.29.1', { EtcdLearnerMode: true }],
  ])('%s with %j is as without', (version, gates) => {
    expect(withGates(release(version), gates)).toEqual(release(version));
  });
});
