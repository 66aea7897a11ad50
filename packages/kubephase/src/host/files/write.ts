/** Writes files so that a reader never sees a part of one: staged beside their places, synced, renamed. */
import { posix } from 'node:path';
import type { FileWrite } from '../port.ts';
import { isSystemError, systemError, type Disk, type StageAccess } from './disk.ts';
import { makeAll } from './make-directory.ts';
import { findPlace } from './place.ts';
import { stagedPath } from './staged.ts';
import { attempt, type Tree } from './tree.ts';

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
  for (const job of jobs) attempt(tree, { purpose: 'write', path: job.path }, () => tree.disk.rename(job.staged, job.target));
  const directories = new Map(jobs.map((job) => [posix.dirname(job.target), job.path]));
  for (const [directory, path] of directories) attempt(tree, { purpose: 'write', path }, () => tree.disk.syncDirectory(directory));
}

/** Finds the place of `file`, refuses what cannot be replaced by a rename, and makes the parent directories. */
function prepare(tree: Tree, file: FileWrite): Job {
  const { path: target, entry, missing } = findPlace(tree.disk, tree.root, file.path);
  if (entry?.type === 'directory') throw systemError('EISDIR', 'a folder stands there');
  if (entry !== undefined && entry.type !== 'file') throw systemError('EINVAL', 'not a regular file');
  makeAll(tree.disk, missing, file.directoryMode ?? usualDirectoryMode);
  const access = entry === undefined ? { mode: file.mode } : { mode: entry.mode, owner: entry.owner };
  const content = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  return { path: file.path, target, staged: stagedPath(target), content, access };
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
