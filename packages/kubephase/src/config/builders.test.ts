import { expect, test } from 'vitest';
import { configuration, printConfiguration } from './builders.ts';
import { loadConfig } from './whole-file.ts';

test('documents are printed as files that load', async () => {
  const text = await printConfiguration([
    configuration('InitConfiguration', {
      localAPIEndpoint: { advertiseAddress: '192.0.2.10' },
      nodeRegistration: { name: 'cp1', kubeletExtraArgs: [{ name: 'v', value: '2' }] },
      timeouts: { discovery: '3m' },
    }),
    configuration('ClusterConfiguration', { kubernetesVersion: 'v1.36.2', networking: { podSubnet: '10.244.0.0/16' } }),
  ]);
  expect(text).toContain('kind: InitConfiguration');
  const loaded = await loadConfig({ text, strict: true });
  expect(loaded.ok && [loaded.config.init?.nodeRegistration.name, loaded.config.init?.cluster.networking.podSubnet]).toEqual([
    'cp1',
    '10.244.0.0/16',
  ]);
});

test('fields that a kind does not have do not compile', () => {
  // @ts-expect-error podSubnets is not a field
  configuration('ClusterConfiguration', { networking: { podSubnets: 'x' } });
  // @ts-expect-error networking belongs to ClusterConfiguration
  configuration('InitConfiguration', { networking: {} });
  // @ts-expect-error there is no such kind
  configuration('Configuration', {});
  expect(configuration('ResetConfiguration', { force: true })).toEqual({
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ResetConfiguration',
    force: true,
  });
});
