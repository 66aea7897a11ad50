import { describe, expect, test } from 'vitest';
import { readFileName } from './read.ts';

describe('names of patch files', () => {
  test.each([
    ['etcd.yaml', 'etcd', 'strategic'],
    ['kube-apiserver.json', 'kube-apiserver', 'strategic'],
    ['kube-controller-manager0+merge.yaml', 'kube-controller-manager', 'merge'],
    ['kube-scheduler+json.yaml', 'kube-scheduler', 'json'],
    ['kubeletconfiguration-suffix_1+strategic.json', 'kubeletconfiguration', 'strategic'],
    ['corednsdeployment.yaml', 'corednsdeployment', 'strategic'],
    ['kube-scheduler.foo.yaml', 'kube-scheduler', 'strategic'],
    ['kube-scheduler0+mergexx.yaml', 'kube-scheduler', 'merge'],
    ['kube-scheduler.foo+bar.yaml', 'kube-scheduler', 'strategic'],
    ['etcdfoo.yaml', 'etcd', 'strategic'],
  ])('%s changes %s by %s', (name, target, type) => {
    expect(readFileName(name)).toEqual({ is: 'patch', target, type });
  });

  test.each([
    ['README.md', /does not end in/],
    ['kube-apiserver.yml', /does not end in/],
    ['kube-apiserver.yaml.bak', /does not end in/],
    ['kube-proxy.yaml', /none of the targets etcd, kube-apiserver, .*corednsdeployment/],
    ['Etcd.yaml', /none of the targets/],
    ['.etcd.yaml', /none of the targets/],
  ])('%s is ignored', (name, reason) => {
    expect(readFileName(name)).toEqual({ is: 'ignored', reason: expect.stringMatching(reason) as string });
  });

  test.each(['etcd+.yaml', 'etcd+foo.yaml', 'kube-apiserver0+Merge.yaml', 'etcd++json.yaml'])('%s is an error', (name) => {
    expect(readFileName(name)).toEqual({ is: 'wrong', reason: expect.stringContaining('json, merge, strategic') as string });
  });
});
