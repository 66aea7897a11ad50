/** The control groups of the machine: their version and the controllers that Kubernetes needs. */
import type { Host } from '../../host/port.ts';
import type { Finding } from '../check.ts';
import type { CgroupVersion } from './kernel-config.ts';

export interface Cgroups {
  readonly version: CgroupVersion;
  /** Mount point of version 2. */
  readonly path: string;
}

type Machine = Pick<Host, 'files' | 'mounts'>;

const usualPath = '/sys/fs/cgroup';

const controllers: Readonly<Record<CgroupVersion, { readonly required: readonly string[]; readonly optional: readonly string[] }>> = {
  1: { required: ['cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids'], optional: ['hugetlb', 'blkio'] },
  2: { required: ['cpu', 'cpuset', 'devices', 'freezer', 'memory', 'pids'], optional: ['hugetlb', 'io'] },
};

/** Returns what is mounted, or undefined when the machine has no control groups. */
export async function findCgroups({ files, mounts }: Machine): Promise<Cgroups | undefined> {
  const list = (await mounts.list()) ?? [];
  const usual = list.findLast(({ path }) => path === usualPath)?.type;
  if (usual === 'cgroup2') return { version: 2, path: usualPath };
  if (usual === 'tmpfs' && (await files.status(`${usualPath}/memory`))?.type === 'directory') return { version: 1, path: usualPath };
  const other = list.find(({ type }) => type === 'cgroup2') ?? list.find(({ type }) => type === 'cgroup');
  return other === undefined ? undefined : { version: other.type === 'cgroup2' ? 2 : 1, path: other.path };
}

/** @returns what is wrong with the controllers; missing ones that are required hide that version 1 is old */
export async function judgeCgroups(machine: Machine, cgroups: Cgroups, kubeletRefusesVersion1: boolean): Promise<readonly Finding[]> {
  const { version } = cgroups;
  const enabled = new Set(await (version === 2 ? enabledControllers2(machine, cgroups.path) : enabledControllers1(machine)));
  const { required, optional } = controllers[version];
  const lacking = (names: readonly string[]): string => names.filter((name) => !enabled.has(name)).join(' ');
  const missing = lacking(required);
  const wanted = lacking(optional);
  return [
    ...(missing === '' ? [] : [missingFinding(missing, report([...required, ...optional], enabled))]),
    ...(missing === '' && version === 1 ? [oldVersion(kubeletRefusesVersion1)] : []),
    ...(wanted === '' ? [] : [{ severity: 'warning', summary: `these optional cgroup controllers are missing: ${wanted}` } as const]),
  ];
}

function missingFinding(names: string, detail: string): Finding {
  return {
    summary: `these required cgroup controllers are missing: ${names}`,
    detail,
    remedy: 'Switch them on: usually a kernel parameter such as cgroup_enable=memory keeps or drops them.',
  };
}

function report(names: readonly string[], enabled: ReadonlySet<string>): string {
  return names.map((name) => `CGROUPS_${name.toUpperCase()}: ${enabled.has(name) ? 'enabled' : 'missing'}`).join('\n');
}

/** @see https://kep.k8s.io/5573 */
function oldVersion(refused: boolean): Finding {
  return {
    severity: refused ? 'error' : 'warning',
    summary: refused
      ? 'the machine has control groups of version 1, with which this kubelet does not start by default'
      : 'the machine has control groups of version 1, with which kubelets from 1.35 on do not start by default',
    remedy:
      'Start the machine with version 2 (kernel parameter systemd.unified_cgroup_hierarchy=1). To stay with version 1 for now, set failCgroupV1: false in the KubeletConfiguration and ignore this check (https://kep.k8s.io/5573).',
  };
}

/** The table has a column that tells whether a controller is switched on. @see cgroups(7) */
async function enabledControllers1({ files }: Machine): Promise<readonly string[]> {
  const rows = ((await files.readText('/proc/cgroups')) ?? '').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return rows.map((row) => row.split(/\s+/)).flatMap(([name = '', , , on]) => (on === undefined || on === '0' ? [] : [name]));
}

/** Control of devices is no controller of version 2: it is always there, by means of BPF. */
async function enabledControllers2(machine: Machine, path: string): Promise<readonly string[]> {
  const listed = ((await machine.files.readText(`${path}/cgroup.controllers`)) ?? '').split(/\s+/).filter((name) => name !== '');
  return [...listed, 'devices', ...((await canFreeze(machine, path)) ? ['freezer'] : [])];
}

/** Every group but the root has a file to freeze it. A machine that shows no group below the root is taken to have it, as all do since Linux 5.2. */
async function canFreeze({ files }: Machine, path: string): Promise<boolean> {
  const groups = ((await files.list(path)) ?? []).filter(({ type }) => type === 'directory').map(({ name }) => `${path}/${name}`);
  const found = await Promise.all([path, ...groups].map((group) => files.status(`${group}/cgroup.freeze`)));
  return groups.length === 0 || found.some((status) => status !== undefined);
}
