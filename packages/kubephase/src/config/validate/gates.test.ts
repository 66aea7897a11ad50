import { expect, test } from 'vitest';
import { clusterText, loadText, succeeded } from '../load.cases.ts';

const load = (version: string, gate: string) => loadText(clusterText(`kubernetesVersion: ${version}\nfeatureGates: {${gate}}`));

test.each([
  ['v1.33.4', 'ControlPlaneKubeletLocalMode: true'],
  ['v1.35.0', 'ControlPlaneKubeletLocalMode: true'],
  ['v1.29.4', 'EtcdLearnerMode: true'],
  ['v1.32.1', 'EtcdLearnerMode: true'],
  ['v1.24.1', 'UnversionedKubeletConfigMap: true'],
  ['v1.33.4', 'WaitForAllControlPlaneComponents: true'],
  ['v1.21.3', 'IPv6DualStack: true'],
  ['v1.28.1', 'PublicKeysECDSA: true'],
])('%s knows %s', async (version, gate) => {
  expect(succeeded(await load(version, gate)).warnings).toEqual([]);
});

test.each([
  ['v1.36.2', 'ControlPlaneKubeletLocalMode', '1.31 to 1.34, and is always on in 1.35'],
  ['v1.30.1', 'ControlPlaneKubeletLocalMode', '1.31 to 1.34, and is always on in 1.35'],
  ['v1.36.2', 'EtcdLearnerMode', '1.27 to 1.31, and is always on in 1.32'],
  ['v1.29.4', 'IPv6DualStack', '1.20 to 1.22, and is always on in 1.23'],
  ['v1.31.0', 'UpgradeAddonsBeforeControlPlane', '1.28 to 1.30'],
])('%s does not know %s, which can be set for %s', async (version, gate, minors) => {
  const loaded = await load(version, `${gate}: true`);
  expect(loaded).toMatchObject({
    ok: false,
    problems: [{ code: 'CONFIG_INVALID_VALUE', where: { field: `featureGates.${gate}`, line: 4 } }],
  });
  expect(loaded.ok ? '' : loaded.problems[0]?.summary).toContain(`it can be set for Kubernetes ${minors};`);
});

test.each([
  ['v1.36.2', 'NodeLocalCRISocket: false', 'locked to true in Kubernetes 1.36; false is still obeyed, as by kubeadm'],
  ['v1.32.4', 'EtcdLearnerMode: false', 'locked to true in Kubernetes 1.32; false has no effect'],
  ['v1.33.0', 'WaitForAllControlPlaneComponents: false', 'false has no effect: all components are waited for in any case'],
  ['v1.29.0', 'PublicKeysECDSA: true', 'the gate PublicKeysECDSA is deprecated'],
])('%s with %s warns of what really happens', async (version, gate, words) => {
  const { warnings } = succeeded(await load(version, gate));
  expect(warnings).toMatchObject([{ code: 'CONFIG_FEATURE_GATE' }]);
  expect(warnings[0]?.summary).toContain(words);
});
