import { describe, expect, test } from 'vitest';
import { loadConfig } from '../whole-file.ts';

const document = (kind: string, fields: string, version = 'kubeadm.k8s.io/v1beta4') => `apiVersion: ${version}\nkind: ${kind}\n${fields}\n`;

async function remedyFor(text: string): Promise<string | undefined> {
  const loaded = await loadConfig({ text, strict: true });
  return loaded.ok ? undefined : loaded.problems[0]?.remedy;
}

describe('a field of another kind', () => {
  test.each([
    [
      'InitConfiguration',
      'networking: {podSubnet: 10.0.0.0/8}',
      '"networking" belongs to ClusterConfiguration. Move it there, or remove it.',
    ],
    [
      'InitConfiguration',
      'kubernetesVersion: v1.36.2',
      '"kubernetesVersion" belongs to ClusterConfiguration. Move it there, or remove it.',
    ],
    [
      'ClusterConfiguration',
      'localAPIEndpoint: {bindPort: 1}',
      '"localAPIEndpoint" belongs to InitConfiguration. Move it there, or remove it.',
    ],
    ['ClusterConfiguration', 'podSubnet: 10.0.0.0/8', '"podSubnet" belongs below networking. Move it there, or remove it.'],
    ['ClusterConfiguration', 'criSocket: x', '"criSocket" belongs to ResetConfiguration. Move it there, or remove it.'],
    ['ClusterConfiguration', 'maxPods: 5', '"maxPods" belongs to KubeletConfiguration. Move it there, or remove it.'],
    ['ClusterConfiguration', 'mode: ipvs', '"mode" belongs to KubeProxyConfiguration. Move it there, or remove it.'],
    [
      'ClusterConfiguration',
      'timeouts: {}',
      '"timeouts" belongs to InitConfiguration or to JoinConfiguration. Move it there, or remove it.',
    ],
    ['InitConfiguration', 'criSocket: x', '"criSocket" belongs to ResetConfiguration. Move it there, or remove it.'],
  ])('in %s: %s', async (kind, fields, remedy) => {
    expect(await remedyFor(document(kind, fields))).toBe(remedy);
  });

  test('is told in the document of a component too', async () => {
    const text = document('KubeletConfiguration', 'podSubnet: 10.0.0.0/8', 'kubelet.config.k8s.io/v1beta1');
    expect(await remedyFor(text)).toBe('"podSubnet" belongs to ClusterConfiguration, below networking. Move it there, or remove it.');
  });

  test('a field that no kind has gets the nearest name, or none', async () => {
    expect(await remedyFor(document('ClusterConfiguration', 'clustername: x'))).toContain('Did you mean "clusterName"?');
    expect(await remedyFor(document('ClusterConfiguration', 'xyzzy: x'))).toBe('Remove the field.');
  });
});

describe('values in a form that is often mistaken', () => {
  test.each([
    ['ClusterConfiguration', 'apiServer: {extraArgs: {audit-log-path: /a, v: "4"}}', 'extraArgs: [{name: audit-log-path, value: "/a"}]'],
    ['ClusterConfiguration', 'etcd: {local: {extraArgs: {v: 4}}}', 'extraArgs: [{name: v, value: "4"}]'],
    [
      'InitConfiguration',
      'nodeRegistration: {kubeletExtraArgs: {node-ip: 10.0.0.5}}',
      'kubeletExtraArgs: [{name: node-ip, value: "10.0.0.5"}]',
    ],
    ['ClusterConfiguration', 'scheduler: {extraEnvs: {A: b}}', 'extraEnvs: [{name: A, value: "…"}]'],
  ])('a mapping in %s: %s', async (kind, fields, form) => {
    const remedy = await remedyFor(document(kind, fields));
    expect(remedy).toContain(form);
    expect(remedy?.includes('config migrate')).toBe(!form.startsWith('extraEnvs'));
  });

  test('a list in v1beta3', async () => {
    const text = document('ClusterConfiguration', 'apiServer: {extraArgs: [{name: v, value: "4"}]}', 'kubeadm.k8s.io/v1beta3');
    expect(await remedyFor(text)).toContain('extraArgs: {v: "4"}');
  });

  test('a version that is a number', async () => {
    expect(await remedyFor(document('ClusterConfiguration', 'kubernetesVersion: 1.36'))).toContain('"stable-1.36"');
  });

  test('a long value is left out', async () => {
    expect(await remedyFor(document('ClusterConfiguration', `apiServer: {extraArgs: {v: ${'x'.repeat(100)}}}`))).toContain('value: "…"');
  });
});
