import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createMemoryHost, type MemoryHost } from '../../host/memory/host.ts';
import type { Host } from '../../host/port.ts';
import { readKernelConfig } from './kernel-config.ts';

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
