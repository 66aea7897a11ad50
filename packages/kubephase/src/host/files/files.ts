/** The files of a host, made from a disk and a root prefix: looks and changes of access are here, writes in `write.ts`. */
import { posix } from 'node:path';
import type { Problem } from 'phaserunner';
import type { DirectoryEntry, Files, FileStatus } from '../port.ts';
import { isSystemError, systemError, usualMaxBytes, type Disk, type DiskEntry, type Tree } from './disk.ts';
import { attempt, attemptLong, fileProblem, notAbsolute } from './failure.ts';
import { findPlace, withoutRoot, type Place } from './place.ts';
import { adoptStaged, readStaged } from './staged.ts';
import { makeDirectory, requireFile, writeAll } from './write.ts';

/** Returns the files of `tree`; all failures are `ProblemError`s with the user's path. */
export function createFiles(tree: Tree): Files {
  const reading = <T>(path: string, work: () => Promise<T>): Promise<T> => attemptLong(tree, { purpose: 'read', path }, work);
  const looking = <T>(path: string, work: () => T): T => attempt(tree, { purpose: 'read', path }, work);
  const changing = <T>(path: string, work: () => T): T => attempt(tree, { purpose: 'write', path }, work);
  return {
    read: (path, maxBytes) => reading(path, () => readFile(tree, path, maxBytes)),
    readText: async (path, maxBytes) => {
      const content = await reading(path, () => readFile(tree, path, maxBytes));
      return content === undefined ? undefined : new TextDecoder().decode(content);
    },
    readEnd: async (path, maxBytes) => looking(path, () => tree.disk.readEnd(pathToRead(tree, path), maxBytes)),
    status: async (path) => looking(path, () => readStatus(tree, path)),
    list: async (path) => looking(path, () => listDirectory(tree, path)),
    write: async (file) => writeAll(tree, [file]),
    writeTogether: async (files) => writeAll(tree, files),
    staged: (path) => reading(path, () => readStaged(tree, path)),
    adoptStaged: (path, staged) => attemptLong(tree, { purpose: 'write', path }, () => adoptStaged(tree, path, staged)),
    makeDirectory: async (path, mode) => changing(path, () => makeDirectory(tree, path, mode)),
    setAccess: async (path, access) => changing(path, () => setAccess(tree, path, access)),
    realPath: async (path) => looking(path, () => withoutRoot(tree.root, findPlace(tree.disk, tree.root, path).path)),
    isMountPoint: async (path) => looking(path, () => isMountedFile(tree, path)),
    obstacle: async (path) => findObstacle(tree, path),
  };
}

/** Undefined when nothing exists at `path`. */
async function readFile(tree: Tree, path: string, maxBytes = usualMaxBytes): Promise<Uint8Array | undefined> {
  return tree.disk.read(pathToRead(tree, path), maxBytes);
}

function isMountedFile(tree: Tree, path: string): boolean {
  const { path: place, entry } = findPlace(tree.disk, tree.root, path);
  return entry?.type === 'file' && tree.disk.isMountPoint(place);
}

/** Undefined when nothing exists at `path`. */
function readStatus(tree: Tree, path: string): FileStatus | undefined {
  const entry = tree.root === '' ? tree.disk.follow(path) : findPlace(tree.disk, tree.root, path).entry;
  return entry === undefined ? undefined : statusFrom(entry);
}

/** Sorted by bytes of the names; undefined when `path` does not exist. */
function listDirectory(tree: Tree, path: string): readonly DirectoryEntry[] | undefined {
  const place = findPlace(tree.disk, tree.root, path);
  if (place.entry === undefined) return undefined;
  return sortEntries(tree.disk.readDirectory(place.path));
}

/** Returns `entries` sorted by bytes of their names, as Go's directory listing is. */
export function sortEntries(entries: readonly DirectoryEntry[]): readonly DirectoryEntry[] {
  return [...entries].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

/** Below a root prefix links have to be followed by us. On the whole disk the kernel does it, also for the links of /proc that have no path. */
function pathToRead(tree: Tree, path: string): string {
  return tree.root === '' ? path : findPlace(tree.disk, tree.root, path).path;
}

function statusFrom(entry: DiskEntry): FileStatus {
  const { type, mode, owner, size } = entry;
  return { type: type === 'symlink' ? 'other' : type, mode, owner, size: type === 'directory' ? 0 : size };
}

/** Returns the first reason why `path` cannot be created or replaced, or undefined. */
function findObstacle(tree: Tree, path: string): Problem | undefined {
  if (!path.startsWith('/')) return notAbsolute(path).problem;
  let target = path;
  try {
    const place = findPlace(tree.disk, tree.root, path);
    if (isReplacedInPlace(tree.disk, place)) return undefined;
    if (place.entry !== undefined) requireReplaceable(tree.disk, place.entry);
    const directory = posix.dirname(place.missing[0] ?? place.path);
    // What refuses from here on is the folder: all files below it have the same obstacle, which is told once.
    target = withoutRoot(tree.root, directory);
    tree.disk.requireChangeable(directory);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return fileProblem({ purpose: target === path ? 'write' : 'write below', path: target, root: tree.root }, error);
  }
}

/** A file that is a mount of its own keeps its place and its owner. @throws SystemError when its content cannot be changed */
function isReplacedInPlace(disk: Disk, { path, entry }: Place): boolean {
  if (entry?.type !== 'file' || !disk.isMountPoint(path)) return false;
  disk.requireWritable(path);
  return true;
}

function requireReplaceable(disk: Disk, entry: NonNullable<Place['entry']>): void {
  requireFile(entry);
  if (!disk.canGiveTo(entry.owner)) {
    throw systemError('EPERM', `the file belongs to user ${entry.owner.uid}, group ${entry.owner.gid}, and this user cannot keep that`);
  }
}

type Access = Parameters<Files['setAccess']>[1];

/** Symbolic links below a directory are left alone: what they point to was not asked for. */
function setAccess(tree: Tree, path: string, access: Access): void {
  const place = findPlace(tree.disk, tree.root, path);
  if (place.entry === undefined) throw systemError('ENOENT', 'nothing exists there');
  change(tree.disk, place.path, access);
}

function change(disk: Disk, path: string, access: Access): void {
  const entry = disk.look(path);
  if (entry === undefined || entry.type === 'symlink') return;
  // Owner first: a new owner clears special bits of the mode, and the mode is meant for the new owner.
  if (access.owner !== undefined) disk.setOwner(path, access.owner);
  if (access.mode !== undefined) disk.setMode(path, access.mode);
  if (access.recursive !== true || entry.type !== 'directory') return;
  for (const child of disk.readDirectory(path)) change(disk, `${path}/${child.name}`, access);
}
