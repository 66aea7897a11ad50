import { describe, expect, it, test } from 'vitest';
import { judgeKernelOptions, parseKernelConfig } from './kernel-options.ts';
import { completeKernel } from '../../../test/fixtures/machine-files.ts';

const without = (...names: readonly string[]): ReturnType<typeof parseKernelConfig> =>
  parseKernelConfig(
    completeKernel
      .split('\n')
      .filter((line) => !names.some((name) => line.startsWith(`CONFIG_${name}=`)))
      .join('\n'),
  );

describe('the options of a kernel', () => {
  it('are read from the lines that switch something on or off', () => {
    const text = '# CONFIG_A is not set\nCONFIG_B=y\nCONFIG_C=m\nCONFIG_D=n\nCONFIG_E=7\n CONFIG_F=y\nCONFIG_G="y"\n';
    expect([...parseKernelConfig(text)]).toEqual([
      ['CONFIG_B', 'y'],
      ['CONFIG_C', 'm'],
      ['CONFIG_D', 'n'],
    ]);
  });

  it('are enough for both versions of control groups', () => {
    expect(judgeKernelOptions(without(), 1).missing).toEqual([]);
    expect(judgeKernelOptions(without(), 2).missing).toEqual([]);
  });

  it('that are missing are told all together, in the order of the tables', () => {
    expect(judgeKernelOptions(without('CGROUP_BPF', 'MEMCG', 'NAMESPACES', 'SECCOMP'), 2).missing).toEqual([
      'CONFIG_NAMESPACES',
      'CONFIG_MEMCG',
      'CONFIG_CGROUP_BPF',
    ]);
  });
});

test.each([
  ['CGROUP_BPF', 2, true],
  ['CGROUP_BPF', 1, false],
  ['CGROUP_DEVICE', 1, true],
  ['CGROUP_DEVICE', 2, false],
  ['CGROUP_PIDS', undefined, false],
  ['OVERLAY_FS', 2, false],
] as const)('without %s and control groups of version %s an option is missing: %s', (name, version, missing) => {
  expect(judgeKernelOptions(without(name), version).missing).toEqual(missing ? [`CONFIG_${name}`] : []);
});

test.each([
  ['CONFIG_NETFILTER_XT_TARGET_REDIRECT=y', [], 'CONFIG_NETFILTER_XT_TARGET_REDIRECT: enabled'],
  ['CONFIG_IP_NF_TARGET_REDIRECT=m', [], 'CONFIG_IP_NF_TARGET_REDIRECT: enabled (as module)'],
  ['CONFIG_NETFILTER_XT_TARGET_REDIRECT=n\nCONFIG_IP_NF_TARGET_REDIRECT=y', [], 'CONFIG_IP_NF_TARGET_REDIRECT: enabled'],
  ['CONFIG_IP_NF_TARGET_REDIRECT=n', ['CONFIG_NETFILTER_XT_TARGET_REDIRECT'], 'CONFIG_IP_NF_TARGET_REDIRECT: disabled'],
  ['', ['CONFIG_NETFILTER_XT_TARGET_REDIRECT'], 'CONFIG_NETFILTER_XT_TARGET_REDIRECT: not set'],
])('an option with two names in %j is missing: %j', (lines, missing, line) => {
  const config = new Map([...without('NETFILTER_XT_TARGET_REDIRECT'), ...parseKernelConfig(lines)]);
  const verdict = judgeKernelOptions(config, 2);
  expect(verdict.missing).toEqual(missing);
  expect(verdict.report).toContain(line);
});

it('tells what an optional option would be good for', () => {
  expect(judgeKernelOptions(without('CFS_BANDWIDTH'), 2).report).toContain(
    'CONFIG_CFS_BANDWIDTH: not set, only needed for limits of CPU time',
  );
});
