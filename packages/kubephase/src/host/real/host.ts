/** The machine on which this process runs. */
import { existsSync } from 'node:fs';
import type { Disk } from '../files/disk.ts';
import { createFiles } from '../files/files.ts';
import type { Host } from '../port.ts';
import { createRealDisk } from './disk.ts';
import { createRealMounts } from './mounts.ts';
import { createRealNetwork } from './network.ts';
import { placesBelow, wholeDisk, type Places } from './places.ts';
import { createRealPrograms, createUnaskedPrograms } from './programs.ts';
import { rootFrom, rootfsInvalid } from './root.ts';
import { createAbsentServices, createRealServices } from './services.ts';

export interface RealHostOptions {
  /** Directory that counts as `/` for files, sockets, mounts, programs and services. */
  readonly rootfs?: string;
  /** Environment variables of the process. Default: those of this one. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970-01-01T00:00:00Z. Default: the clock of the system. */
  readonly now?: () => number;
  /** Put between the files and the disk, by tests that stop a run half-way. */
  readonly wrapDisk?: (disk: Disk) => Disk;
}

/** @throws ProblemError `ROOTFS_INVALID` */
export function createRealHost(options: RealHostOptions = {}): Host {
  const { environment = process.env } = options;
  const root = rootFrom(options.rootfs);
  const disk = createRealDisk(root === '' ? wholeDisk : placesIn(root));
  const tree = { disk: options.wrapDisk?.(disk) ?? disk, root };
  const search = { tree, environment };
  return {
    files: createFiles(tree),
    // The programs that can be run are those of the machine outside the root: they would tell about the wrong machine.
    services: root === '' ? createRealServices(search) : createAbsentServices(search),
    programs: root === '' ? createRealPrograms(search) : createUnaskedPrograms(search),
    mounts: createRealMounts(search),
    network: createRealNetwork(tree),
    environment,
    userId: disk.userId,
    privileged: process.getuid?.() === 0,
    now: options.now ?? Date.now,
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
}

/** On other systems, where nobody sets up a node, the root folder is walked by path. */
function placesIn(root: string): Places {
  if (process.platform !== 'linux') return wholeDisk;
  if (existsSync('/proc/self/fd')) return placesBelow(root);
  throw rootfsInvalid(root, 'it is walked through /proc, which is not mounted here', {
    remedy: 'Mount /proc (mount -t proc proc /proc), or run without --rootfs.',
  });
}
