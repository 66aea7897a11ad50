/** A machine in memory for tests and embedding: its clock and its random numbers are the same in every run. */
import { createFiles } from '../files/files.ts';
import type { Disk } from '../files/disk.ts';
import type { FileMode, Host, Owner, Programs, Services } from '../port.ts';
import { createMemoryDisk, nodesFrom, type MemoryEntry } from './disk.ts';
import {
  createMemoryMounts,
  createMemoryNetwork,
  createMemoryPrograms,
  createMemoryServices,
  type MemoryMount,
  type MemoryNetworkOptions,
  type MemoryPrograms,
  type MemoryServicesOptions,
} from './machine.ts';

export interface MemoryHostOptions extends MemoryNetworkOptions {
  /** First content of the disk, by absolute path. */
  readonly files?: Readonly<Record<string, MemoryEntry>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the clock stands. Default 2026-01-01T00:00:00Z. */
  readonly nowMs?: number;
  readonly services?: MemoryServicesOptions;
  /** What the programs of the machine answer, by command line. */
  readonly programs?: MemoryPrograms;
  /** In the order in which they were mounted. Absent: the machine shows no table of mounts. */
  readonly mounts?: readonly MemoryMount[];
  /** User and group of the process. Default 0, which may do everything. */
  readonly uid?: number;
  /** Default 0o022. */
  readonly umask?: FileMode;
  /** Put between the files and the disk, by tests that stop a run half-way. */
  readonly wrapDisk?: (disk: Disk) => Disk;
}

/** What stands at a path of a host in memory. */
export interface MemoryFile {
  readonly type: 'file' | 'directory' | 'symlink' | 'other';
  readonly mode: FileMode;
  readonly owner: Owner;
  /** Content as UTF-8 text; the target of a link; empty for directories. */
  readonly text: string;
}

export interface MemoryHost extends Host {
  readonly services: Services & { readonly calls: readonly string[] };
  /** With the command lines that were asked. */
  readonly programs: Programs & { readonly calls: readonly string[] };
  /** Everything on the disk by path, sorted. */
  snapshot(): Readonly<Record<string, MemoryFile>>;
  /** Moves the clock. */
  advance(ms: number): void;
}

const firstMoment = Date.UTC(2026, 0, 1);

/** Returns a host that touches nothing outside this process. */
export function createMemoryHost(options: MemoryHostOptions = {}): MemoryHost {
  const uid = options.uid ?? 0;
  const mounts = new Set((options.mounts ?? []).map(({ path }) => path));
  const nodes = nodesFrom(options.files ?? {});
  const disk = createMemoryDisk({ nodes, user: { uid, gid: uid }, umask: options.umask ?? 0o022, mounts });
  let nowMs = options.nowMs ?? firstMoment;
  return {
    files: createFiles({ disk: options.wrapDisk?.(disk) ?? disk, root: '' }),
    services: createMemoryServices(options.services),
    network: createMemoryNetwork(options),
    programs: createMemoryPrograms(options.programs),
    mounts: createMemoryMounts(options.mounts),
    environment: options.environment ?? {},
    userId: uid,
    privileged: uid === 0,
    now: () => nowMs,
    randomBytes: createGenerator(),
    snapshot: () =>
      Object.fromEntries(
        [...nodes]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([path, { type, mode, owner, content }]) => [path, { type, mode, owner, text: new TextDecoder().decode(content) }]),
      ),
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/** Returns a generator whose bytes look random and are the same for every host. */
function createGenerator(): (length: number) => Uint8Array {
  let state = 1;
  /** A linear congruence; its high bits are good enough for tests. @see Numerical Recipes, "ranqd1" */
  const nextByte = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
  return (length) => Uint8Array.from({ length }, nextByte);
}
