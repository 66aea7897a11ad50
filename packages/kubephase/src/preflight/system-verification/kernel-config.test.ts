import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { completeKernel } from '../../../test/fixtures/machine-files.ts';
import { createMemoryHost, type MemoryHost } from '../../host/memory/host.ts';
import type { Host } from '../../host/port.ts';
import { judgeKernelOptions, parseKernelConfig, readKernelConfig } from './kernel-config.ts';

const release = '6.1.0';
const sorted = [
  `/boot/config-${release}`,
  `/usr/src/linux-${release}/.config`,
  '/usr/src/linux/.config',
  `/usr/lib/modules/${release}/config`,
  `/usr/lib/ostree-boot/config-${release}`,
  `/usr/lib/kernel/config-${release}`,
  `/usr/src/linux-headers-${release}/.config`,
  `/lib/modules/${release}/build/.config`,
];

const packed = gzipSync('CONFIG_PACKED=y\n');

describe('the configuration of the kernel', () => {
  it.each(sorted.map((place, index) => [place, index] as const))('is read from %s, before later places', async (place, index) => {
    const files = Object.fromEntries(sorted.slice(index).map((one) => [one, `CONFIG_${one === place ? 'RIGHT' : 'WRONG'}=y\n`]));
    expect([...((await readKernelConfig(createMemoryHost({ files }), release)) ?? [])]).toEqual([['CONFIG_RIGHT', 'y']]);
  });

  it('is unpacked where the kernel itself has it, before all files', async () => {
    const host = createMemoryHost({ files: { '/proc/config.gz': packed, '/boot/config-6.1.0': 'CONFIG_WRONG=y\n' } });
    expect([...((await readKernelConfig(host, release)) ?? [])]).toEqual([['CONFIG_PACKED', 'y']]);
    expect(host.programs.calls).toEqual([]);
  });

  it('is brought by a module where no file has it, which is unloaded again', async () => {
    const { host, calls } = withModule(createMemoryHost());
    expect([...((await readKernelConfig(host, release)) ?? [])]).toEqual([['CONFIG_PACKED', 'y']]);
    expect(calls).toEqual(['modprobe configs', 'modprobe -r configs']);
  });

  it('is not there without the program that loads modules', async () => {
    const host = createMemoryHost();
    expect(await readKernelConfig(host, release)).toBeUndefined();
    expect(host.programs.calls).toEqual([]);
  });

  it('is not there when the module cannot be loaded, and then nothing is unloaded', async () => {
    const host = createMemoryHost({ programs: { 'modprobe configs': { exitCode: 1, stderr: 'FATAL: Module configs not found' } } });
    expect(await readKernelConfig(host, release)).toBeUndefined();
    expect(host.programs.calls).toEqual(['modprobe configs']);
  });
});

/** A machine whose module `configs` shows the configuration while it is loaded. */
function withModule(base: MemoryHost): { readonly host: Pick<Host, 'files' | 'programs'>; readonly calls: readonly string[] } {
  const calls: string[] = [];
  const isLoaded = (): boolean => calls.at(-1) === 'modprobe configs';
  return {
    calls,
    host: {
      files: { ...base.files, read: async (path) => (path === '/proc/config.gz' && isLoaded() ? packed : undefined) },
      programs: {
        find: async () => '/sbin/modprobe',
        ask: async (argv) => {
          calls.push(argv.join(' '));
          return { exitCode: 0, stdout: '', stderr: '' };
        },
      },
    },
  };
}

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
