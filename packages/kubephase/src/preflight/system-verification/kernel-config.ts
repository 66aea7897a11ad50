/** Finds the configuration with which the running kernel was built. */
import { promisify } from 'node:util';
import type { Host } from '../../host/port.ts';
import { parseKernelConfig, type KernelConfig } from './kernel-options.ts';

const fromKernel = '/proc/config.gz';
const modprobeTimeoutMs = 10_000;

/** Where distributions put it; the first that exists counts. */
const places = (release: string): readonly string[] => [
  fromKernel,
  `/boot/config-${release}`,
  `/usr/src/linux-${release}/.config`,
  '/usr/src/linux/.config',
  `/usr/lib/modules/${release}/config`,
  `/usr/lib/ostree-boot/config-${release}`,
  `/usr/lib/kernel/config-${release}`,
  `/usr/src/linux-headers-${release}/.config`,
  `/lib/modules/${release}/build/.config`,
];

type Machine = Pick<Host, 'files' | 'programs'>;

/**
 * Returns the configuration, or undefined when the machine does not have it. Only when no file is found, the kernel's module `configs`
 * is loaded to bring it, and unloaded again.
 * @param release of the kernel, such as `6.1.0-18-amd64`
 */
export async function readKernelConfig(machine: Machine, release: string): Promise<KernelConfig | undefined> {
  for (const place of places(release)) {
    const config = await readPlace(machine, place);
    if (config !== undefined) return config;
  }
  return withConfigsModule(machine, () => readPlace(machine, fromKernel));
}

async function readPlace({ files }: Machine, place: string): Promise<KernelConfig | undefined> {
  const content = await files.read(place);
  if (content === undefined) return undefined;
  return parseKernelConfig(new TextDecoder().decode(place.endsWith('.gz') ? await unpacked(content) : content));
}

async function unpacked(content: Uint8Array): Promise<Uint8Array> {
  const { gunzip } = await import('node:zlib');
  return promisify(gunzip)(content);
}

async function withConfigsModule<T>({ programs }: Machine, look: () => Promise<T | undefined>): Promise<T | undefined> {
  if ((await programs.find('modprobe')) === undefined) return undefined;
  const { exitCode } = await programs.ask(['modprobe', 'configs'], modprobeTimeoutMs);
  if (exitCode !== 0) return undefined;
  try {
    return await look();
  } finally {
    await programs.ask(['modprobe', '-r', 'configs'], modprobeTimeoutMs);
  }
}
