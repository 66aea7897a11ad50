import { expect, test } from 'vitest';
import { nearestKnown } from './vocabulary.ts';

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
