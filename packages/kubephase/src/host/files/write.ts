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

/** Stages and syncs all files side by side, then renames them in the order given. */
export async function writeAll(tree: Tree, files: readonly FileWrite[]): Promise<void> {
  const jobs: Job[] = [];
  // One after the other: a directory made for the first file is there for the second.
  for (const file of files) jobs.push(await attempt(tree, { purpose: 'write', path: file.path }, () => prepare(tree, file)));
  await stageAll(tree, jobs);
  for (const job of jobs) {
    await attempt(tree, { purpose: 'write', path: job.path }, () => tree.disk.rename(job.staged, job.target));
  }
  const directories = new Map(jobs.map((job) => [posix.dirname(job.target), job.path]));
  await Promise.all(
    [...directories].map(([directory, path]) => attempt(tree, { purpose: 'write', path }, () => tree.disk.syncDirectory(directory))),
  );
}

/** Finds the place of `file`, refuses what cannot be replaced by a rename, and makes the parent directories. */
async function prepare(tree: Tree, file: FileWrite): Promise<Job> {
  const { path: target, entry, missing } = findPlace(tree.disk, tree.root, file.path);
  if (entry?.type === 'directory') throw systemError('EISDIR', 'a folder stands there');
  if (entry !== undefined && entry.type !== 'file') throw systemError('EINVAL', 'not a regular file');
  await makeAll(tree.disk, missing, file.directoryMode ?? usualDirectoryMode);
  const access = entry === undefined ? { mode: file.mode } : { mode: entry.mode, owner: entry.owner };
  const content = typeof file.content === 'string' ? new TextEncoder().encode(file.content) : file.content;
  return { path: file.path, target, staged: stagedPath(target), content, access };
}

async function stageAll(tree: Tree, jobs: readonly Job[]): Promise<void> {
  const results = await Promise.allSettled(
    jobs.map((job) => attempt(tree, { purpose: 'write', path: job.path }, () => stage(tree.disk, job))),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed === undefined) return;
  // The first failure is what the user has to mend; a staged file that cannot be removed is removed by the next write.
  await Promise.allSettled(jobs.map(async (job) => tree.disk.remove(job.staged)));
  throw failed.reason;
}

/** Stages `job`; what an interrupted run left under the same name is removed first. */
async function stage(disk: Disk, job: Job): Promise<void> {
  try {
    await disk.stage(job.staged, job.content, job.access);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
    disk.remove(job.staged);
    await disk.stage(job.staged, job.content, job.access);
  }
}
