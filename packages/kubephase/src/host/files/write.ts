/** Writes files so that a reader never sees a part of one: staged beside their places, synced, renamed. Makes the folders that they need. */
import { posix } from 'node:path';
import type { FileMode, FileWrite } from '../port.ts';
import { isSystemError, systemError, type Disk, type DiskEntry, type StageAccess, type Tree } from './disk.ts';
import { attempt } from './failure.ts';
import { findPlace } from './place.ts';
import { leftoversOf, newStagedPath, putIntoPlace } from './staged.ts';

const usualDirectoryMode = 0o755;

/** One file on its way to its place on the disk. */
interface Job {
  /** As the user knows it. */
  readonly path: string;
  readonly target: string;
  readonly staged: string;
  readonly content: Uint8Array;
  readonly access: StageAccess;
}

/** Stages and syncs all files, then renames them in the order given. */
export function writeAll(tree: Tree, files: readonly FileWrite[]): void {
  // One after the other: a directory made for the first file is there for the second.
  const jobs = files.map((file) => attempt(tree, { purpose: 'write', path: file.path }, () => prepare(tree, file)));
  stageAll(tree, jobs);
  for (const job of jobs) attempt(tree, { purpose: 'write', path: job.path }, () => putIntoPlace(tree.disk, job));
  const directories = new Map(jobs.map((job) => [posix.dirname(job.target), job.path]));
  for (const [directory, path] of directories) attempt(tree, { purpose: 'write', path }, () => tree.disk.syncDirectory(directory));
}

/** Finds the place of `file`, refuses what cannot be replaced by a rename, and makes the parent directories. */
function prepare(tree: Tree, file: FileWrite): Job {
  const { path: target, entry, missing } = findPlace(tree.disk, tree.root, file.path);
  requireFile(entry);
  makeAll(tree.disk, missing, file.directoryMode ?? usualDirectoryMode);
  const access = entry === undefined ? { mode: file.mode } : { mode: entry.mode, owner: entry.owner };
  return { path: file.path, target, staged: newStagedPath(target), content: bytesOf(file.content), access };
}

/** Text as UTF-8; bytes as they are, not copied. */
export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** A rename replaces a file or nothing. @throws SystemError when anything else stands there */
export function requireFile(entry: Pick<DiskEntry, 'type'> | undefined): void {
  if (entry?.type === 'directory') throw systemError('EISDIR', 'a folder stands there');
  if (entry !== undefined && entry.type !== 'file') throw systemError('EINVAL', 'not a regular file');
}

/** When one file cannot be staged, none stays staged. */
function stageAll(tree: Tree, jobs: readonly Job[]): void {
  const begun: string[] = [];
  try {
    for (const job of jobs) {
      begun.push(job.staged);
      attempt(tree, { purpose: 'write', path: job.path }, () => stage(tree.disk, job));
    }
  } catch (error) {
    for (const staged of begun) discard(tree.disk, staged);
    throw error;
  }
}

/** A staged file that cannot be removed is removed by the next write: what the user has to mend is why staging failed. */
function discard(disk: Disk, staged: string): void {
  try {
    disk.remove(staged);
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Stages `job`; what an interrupted run left for the same place is removed first. */
function stage(disk: Disk, job: Job): void {
  for (const name of leftoversOf(disk, job.target)) disk.remove(posix.join(posix.dirname(job.target), name));
  disk.stage(job.staged, job.content, job.access);
}

/** Makes `path` and its missing parents with `mode`; existing directories stay as they are. */
export function makeDirectory(tree: Tree, path: string, mode: FileMode): void {
  const place = findPlace(tree.disk, tree.root, path);
  if (place.entry?.type === 'directory') return;
  if (place.entry !== undefined) throw systemError('ENOTDIR', 'a file stands there');
  makeAll(tree.disk, [...place.missing, place.path], mode);
}

/** Makes the directories, parents first, and makes them durable. One that appeared in the meantime is taken as it is. */
function makeAll(disk: Disk, directories: readonly string[], mode: FileMode): void {
  const made = directories.filter((directory) => disk.makeDirectory(directory, mode));
  for (const directory of made) disk.syncDirectory(posix.dirname(directory));
}
