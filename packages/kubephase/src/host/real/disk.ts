/** The disk of the machine. */
import * as fs from 'node:fs';
import { isSystemError, type Disk, type DiskEntry, type StageAccess } from '../files/disk.ts';
import type { Owner } from '../port.ts';

/** Returns the disk as seen by this process. */
export function createRealDisk(): Disk {
  return {
    userId: process.geteuid?.() ?? 0,
    look: (path) => entryFrom(fs.lstatSync(path, { throwIfNoEntry: false })),
    follow: (path) => entryFrom(fs.statSync(path, { throwIfNoEntry: false })),
    readLink: (path) => fs.readlinkSync(path),
    read,
    readDirectory: (path) => fs.readdirSync(path, { withFileTypes: true }).map((entry) => ({ name: entry.name, type: typeOf(entry) })),
    requireChangeable: (directory) => fs.accessSync(directory, fs.constants.W_OK | fs.constants.X_OK),
    canGiveTo,
    makeDirectory,
    stage,
    rename: (from, to) => fs.renameSync(from, to),
    remove: (path) => fs.rmSync(path, { force: true }),
    syncDirectory,
    setMode: (path, mode) => fs.chmodSync(path, mode),
    // Does not follow a link that somebody put there since it was looked at.
    setOwner: (path, owner) => fs.lchownSync(path, owner.uid, owner.gid),
  };
}

async function read(path: string): Promise<Uint8Array | undefined> {
  const status = fs.statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  // Reading a pipe waits for its writer, so it must not hold up this thread.
  return status.isFile() ? fs.readFileSync(path) : fs.promises.readFile(path);
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
