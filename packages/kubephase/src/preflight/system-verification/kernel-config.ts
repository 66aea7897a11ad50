/** Options of the Linux kernel that Kubernetes needs: where the running kernel tells how it was built, and which of them it lacks. */
import { promisify } from 'node:util';
import type { Host } from '../../host/port.ts';

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

/** Settings of a kernel by full name: built in, as a module, or left out on purpose. */
type KernelConfig = ReadonlyMap<string, 'y' | 'm' | 'n'>;

/** Cgroup versions need different options. */
export type CgroupVersion = 1 | 2;

interface Option {
  /** Without `CONFIG_`, like the aliases. */
  readonly name: string;
  /** Names of other times for the same thing: one of them is enough. */
  readonly aliases?: readonly string[];
  /** What works only with an optional one. */
  readonly use?: string;
}

const named = (...names: readonly string[]): readonly Option[] => names.map((name) => ({ name }));

/** @see https://github.com/kubernetes/system-validators the tables of kubeadm */
const required: readonly Option[] = [
  ...named('NAMESPACES', 'NET_NS', 'PID_NS', 'IPC_NS', 'UTS_NS', 'CPUSETS', 'MEMCG', 'INET', 'EXT4_FS', 'PROC_FS'),
  { name: 'NETFILTER_XT_TARGET_REDIRECT', aliases: ['IP_NF_TARGET_REDIRECT'] },
  ...named('NETFILTER_XT_MATCH_COMMENT', 'FAIR_GROUP_SCHED'),
];

const requiredForCgroups: Readonly<Record<CgroupVersion, readonly Option[]>> = {
  1: named('CGROUPS', 'CGROUP_CPUACCT', 'CGROUP_DEVICE', 'CGROUP_FREEZER', 'CGROUP_PIDS', 'CGROUP_SCHED'),
  2: named('CGROUPS', 'CGROUP_BPF', 'CGROUP_PIDS', 'CGROUP_SCHED'),
};

const optional: readonly Option[] = [
  { name: 'OVERLAY_FS', aliases: ['OVERLAYFS_FS'], use: 'layers of images with overlayfs' },
  { name: 'AUFS_FS', use: 'layers of images with aufs' },
  { name: 'BLK_DEV_DM', use: 'layers of images with the device mapper' },
  { name: 'CFS_BANDWIDTH', use: 'limits of CPU time' },
  { name: 'SECCOMP', use: 'seccomp' },
  { name: 'SECCOMP_FILTER', use: 'seccomp profiles' },
];

interface OptionVerdict {
  /** Full names of required options that are not set, in the order of the tables. */
  readonly missing: readonly string[];
  /** One line for each option: `CONFIG_MEMCG: enabled`. */
  readonly report: readonly string[];
}

/** Reads the text of a kernel configuration. Options that are neither on nor off, such as numbers, are left out. */
export function parseKernelConfig(text: string): KernelConfig {
  const lines = [...text.matchAll(/^(CONFIG_[A-Z0-9_]+)=([ymn])/gm)];
  return new Map(lines.map(([, name = '', value]) => [name, value as 'y' | 'm' | 'n']));
}

/** @param cgroups undefined when the machine has none that could be found */
export function judgeKernelOptions(config: KernelConfig, cgroups: CgroupVersion | undefined): OptionVerdict {
  const needed = [...required, ...(cgroups === undefined ? [] : requiredForCgroups[cgroups])];
  return {
    missing: needed.filter((option) => !isSet(config, option)).map(({ name }) => `CONFIG_${name}`),
    report: [...needed, ...optional].map((option) => reportLine(config, option)),
  };
}

function isSet(config: KernelConfig, option: Option): boolean {
  return ['y', 'm'].includes(settingOf(config, option)?.value ?? '');
}

interface Setting {
  readonly name: string;
  readonly value: string;
}

/** Of the names of an option the first that is set; else one that is switched off. */
function settingOf(config: KernelConfig, { name, aliases = [] }: Option): Setting | undefined {
  const settings = [name, ...aliases].flatMap((one): readonly Setting[] => {
    const value = config.get(`CONFIG_${one}`);
    return value === undefined ? [] : [{ name: one, value }];
  });
  return settings.find(({ value }) => value !== 'n') ?? settings[0];
}

const words: Readonly<Record<string, string>> = { y: 'enabled', m: 'enabled (as module)', n: 'disabled' };

function reportLine(config: KernelConfig, option: Option): string {
  const setting = settingOf(config, option);
  const use = option.use === undefined || isSet(config, option) ? '' : `, only needed for ${option.use}`;
  return `CONFIG_${setting?.name ?? option.name}: ${words[setting?.value ?? ''] ?? 'not set'}${use}`;
}
