/** Writes files so that a reader never sees a part of one: staged beside their places, synced, renamed. Makes the folders that they need. */
import { posix } from 'node:path';
import { failure } from '../../problems/catalogue.ts';
import type { FileMode, FileWrite } from '../port.ts';
import { isSystemError, systemError, usualMaxBytes, type Disk, type DiskEntry, type StageAccess, type Tree } from './disk.ts';
import { attempt } from './failure.ts';
import { findPlace } from './place.ts';

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
  for (const job of jobs) attempt(tree, { purpose: 'write', path: job.path }, () => replace(tree.disk, job));
  const directories = new Map(jobs.map((job) => [posix.dirname(job.target), job.path]));
  for (const [directory, path] of directories) attempt(tree, { purpose: 'write', path }, () => tree.disk.syncDirectory(directory));
}

/**
 * Puts what was staged into its place. A mount point cannot be replaced: its content is written instead, and what was staged stays
 * until that is done, so that a run that is killed in between is completed by the next one.
 */
function replace(disk: Disk, { staged, target, content }: Pick<Job, 'staged' | 'target' | 'content'>): void {
  try {
    disk.rename(staged, target);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EBUSY') throw error;
    disk.overwrite(target, content);
    disk.remove(staged);
  }
}

/** Finds the place of `file`, refuses what cannot be replaced by a rename, and makes the parent directories. */
function prepare(tree: Tree, file: FileWrite): Job {
  const { path: target, entry, missing } = findPlace(tree.disk, tree.root, file.path);
  requireFile(entry);
  makeAll(tree.disk, missing, file.directoryMode ?? usualDirectoryMode);
  const access = entry === undefined ? { mode: file.mode } : { mode: entry.mode, owner: entry.owner };
  return { path: file.path, target, staged: stagedPath(target), content: bytesOf(file.content), access };
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

/** Stages `job`; what an interrupted run left under the same name is removed first. */
function stage(disk: Disk, job: Job): void {
  try {
    disk.stage(job.staged, job.content, job.access);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
    disk.remove(job.staged);
    disk.stage(job.staged, job.content, job.access);
  }
}

/**
 * Returns the path of the staged file for `path`. It starts with a dot because the kubelet takes every other file of the
 * manifests folder for a manifest.
 */
export function stagedPath(path: string): string {
  return posix.join(posix.dirname(path), `.${posix.basename(path)}.kubephase-new`);
}

/** Content staged for `path`, or undefined. */
export async function readStaged(tree: Tree, path: string): Promise<Uint8Array | undefined> {
  const staged = stagedPath(findPlace(tree.disk, tree.root, path).path);
  return tree.disk.look(staged)?.type === 'file' ? tree.disk.read(staged, usualMaxBytes) : undefined;
}

/** Puts what was staged for `path` into place. */
export async function adoptStaged(tree: Tree, path: string): Promise<void> {
  const place = findPlace(tree.disk, tree.root, path);
  const staged = stagedPath(place.path);
  if (tree.disk.look(staged)?.type !== 'file') throw nothingStaged(path);
  const content = await tree.disk.read(staged, usualMaxBytes);
  if (content === undefined) throw nothingStaged(path);
  replace(tree.disk, { staged, target: place.path, content });
  tree.disk.syncDirectory(posix.dirname(place.path));
}

/** The error for a file that is not, or no longer, waiting beside its place. */
export function nothingStaged(path: string): Error {
  return failure('FILE_NOT_STAGED', {
    summary: `nothing is staged for ${path}`,
    detail: `${stagedPath(path)} does not exist`,
    remedy: 'Run the command again: it makes the file anew.',
    where: { file: path },
  });
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
