import { expect, test } from 'vitest';
import { nearestKind, nearestKnown } from './vocabulary.ts';

test.each([
  ['clustername', 'clusterName'],
  ['podSubnets', 'podSubnet'],
  ['networkin', 'networking'],
  ['certificateDir', 'certificatesDir'],
  ['x', undefined],
  ['featureFlags', undefined],
])('%s probably means %s', (word, meant) => {
  expect(nearestKnown(word, ['clusterName', 'podSubnet', 'networking', 'certificatesDir', 'etcd'])).toBe(meant);
});

test.each([
  ['ClusterConfig', 'ClusterConfiguration'],
  ['initConfiguration', 'InitConfiguration'],
  ['InitConfigration', 'InitConfiguration'],
  ['Cluster', 'ClusterConfiguration'],
  ['KubeletConfig', 'KubeletConfiguration'],
  ['KubeProxyConf', 'KubeProxyConfiguration'],
  ['Deployment', undefined],
])('the kind %s probably means %s', (word, meant) => {
  expect(nearestKind(word)).toBe(meant);
});
