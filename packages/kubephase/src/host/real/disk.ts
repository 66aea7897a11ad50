/** The disk of the machine. */
import * as fs from 'node:fs';
import { isSystemError, notRegular, type Disk, type DiskEntry, type StageAccess } from '../files/disk.ts';
import type { DirectoryEntry, Owner } from '../port.ts';
import { isMountPoint, wholeDisk, type Places } from './places.ts';
import { readRegular, readRegularEnd } from './read.ts';

/** Returns the disk as seen by this process. */
export function createRealDisk(places: Places = wholeDisk): Disk {
  const { name, object } = places;
  return {
    userId: process.geteuid?.() ?? 0,
    look: (path) => entryFrom(orUndefined(() => name(path, (place) => fs.lstatSync(place, { throwIfNoEntry: false })))),
    follow: (path) => entryFrom(orUndefined(() => object(path, (place) => fs.statSync(place, { throwIfNoEntry: false })))),
    readLink: (path) => name(path, (place) => fs.readlinkSync(place)),
    read: async (path, maxBytes) => orUndefined(() => object(path, (place) => readRegular(place, maxBytes))),
    readEnd: (path, maxBytes) => orUndefined(() => object(path, (place) => readRegularEnd(place, maxBytes))),
    readDirectory: (path) => object(path, readDirectory),
    isMountPoint: (path) => isMountPoint(places, path),
    requireChangeable: (directory) => object(directory, (place) => fs.accessSync(place, fs.constants.W_OK | fs.constants.X_OK)),
    requireWritable: (path) => object(path, (place) => fs.accessSync(place, fs.constants.W_OK)),
    canGiveTo,
    makeDirectory: (path, mode) => name(path, (place) => makeDirectory(place, mode)),
    stage: (path, content, access) => name(path, (place) => stage(place, content, access)),
    overwrite: (path, content) => object(path, (place) => overwrite(place, content)),
    rename: (from, to) => name(from, (source) => name(to, (target) => fs.renameSync(source, target))),
    remove: (path) => name(path, (place) => fs.rmSync(place, { force: true })),
    syncDirectory: (path) => object(path, syncDirectory),
    setMode: (path, mode) => object(path, (place) => fs.chmodSync(place, mode)),
    // Does not follow a link that somebody put there since it was looked at.
    setOwner: (path, owner) => name(path, (place) => fs.lchownSync(place, owner.uid, owner.gid)),
  };
}

/** Also undefined when a folder above is missing. */
function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readDirectory(place: string): readonly DirectoryEntry[] {
  return fs.readdirSync(place, { withFileTypes: true }).map((entry) => ({ name: entry.name, type: typeOf(entry) }));
}

function makeDirectory(path: string, mode: number): boolean {
  try {
    fs.mkdirSync(path, { mode });
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

function stage(path: string, content: Uint8Array, access: StageAccess): void {
  const { O_CREAT, O_EXCL, O_WRONLY } = fs.constants;
  // A file that gets another owner starts closed to everybody else; its mode comes after the owner.
  const handle = fs.openSync(path, O_CREAT | O_EXCL | O_WRONLY, access.owner === undefined ? access.mode : 0o600 & access.mode);
  try {
    if (access.owner !== undefined) {
      fs.fchownSync(handle, access.owner.uid, access.owner.gid);
      fs.fchmodSync(handle, access.mode);
    }
    fs.writeFileSync(handle, content);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function overwrite(path: string, content: Uint8Array): void {
  const handle = fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK);
  try {
    if (!fs.fstatSync(handle).isFile()) throw notRegular('something else');
    fs.writeFileSync(handle, content);
    fs.ftruncateSync(handle, content.length);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

function syncDirectory(path: string): void {
  const handle = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_DIRECTORY);
  try {
    fs.fsyncSync(handle);
  } catch (error) {
    // Some network and user-space file systems cannot sync directories and say so with EINVAL.
    if (!isSystemError(error) || error.code !== 'EINVAL') throw error;
  } finally {
    fs.closeSync(handle);
  }
}

function canGiveTo(owner: Owner): boolean {
  const uid = process.geteuid?.() ?? 0;
  if (uid === 0) return true;
  const groups = [process.getegid?.(), ...(process.getgroups?.() ?? [])];
  return owner.uid === uid && groups.includes(owner.gid);
}

function entryFrom(status: fs.Stats | undefined): DiskEntry | undefined {
  if (status === undefined) return undefined;
  return { type: typeOf(status), mode: status.mode & 0o7777, owner: { uid: status.uid, gid: status.gid }, size: status.size };
}

function typeOf(entry: Pick<fs.Stats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): DiskEntry['type'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'directory';
  return entry.isSymbolicLink() ? 'symlink' : 'other';
}
