import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['clustername', 'clusterName'],
  ['podSubnets', 'podSubnet'],
  ['networkin', 'networking'],
  ['certificateDir', 'certificatesDir'],
  ['x', undefined],
  ['featureFlags', undefined],
])('%s probably means %s', (word, meant) => {
  expect(nearest(word, ['clusterName', 'podSubnet', 'networking', 'certificatesDir', 'etcd'])).toBe(meant);
});
