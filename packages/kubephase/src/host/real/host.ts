/** The machine on which this process runs. */
import type { Disk } from '../files/disk.ts';
import { createFiles } from '../files/files.ts';
import type { Host } from '../port.ts';
import { createRealDisk } from './disk.ts';
import { createRealMounts } from './mounts.ts';
import { createRealNetwork } from './network.ts';
import { createRealPrograms, createUnaskedPrograms } from './programs.ts';
import { rootFrom } from './root.ts';
import { createAbsentServices, createRealServices } from './services.ts';

export interface RealHostOptions {
  /** Directory that counts as `/` for files, sockets, mounts, programs and services. */
  readonly rootfs?: string;
  /** Environment variables of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970-01-01T00:00:00Z. Default: the clock of the system. */
  readonly now?: () => number;
  /** Put between the files and the disk, by tests that stop a run half-way. */
  readonly wrapDisk?: (disk: Disk) => Disk;
}

/** @throws ProblemError `ROOTFS_INVALID` */
export function createRealHost(options: RealHostOptions): Host {
  const root = rootFrom(options.rootfs);
  const disk = createRealDisk();
  const tree = { disk: options.wrapDisk?.(disk) ?? disk, root };
  const search = { tree, environment: options.environment };
  return {
    files: createFiles(tree),
    // The programs that can be run are those of the machine outside the root: they would tell about the wrong machine.
    services: root === '' ? createRealServices(search) : createAbsentServices(search),
    programs: root === '' ? createRealPrograms(search) : createUnaskedPrograms(search),
    mounts: createRealMounts(search),
    network: createRealNetwork(tree),
    environment: options.environment,
    privileged: process.getuid?.() === 0,
    now: options.now ?? Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
}
