/** Files that wait beside their places: their names, and what interrupted runs left of them. */
import { posix } from 'node:path';
import { failure } from '../../problems/catalogue.ts';
import type { StagedFile } from '../port.ts';
import { isSystemError, usualMaxBytes, type Disk, type DiskEntry, type Tree } from './disk.ts';
import { findPlace } from './place.ts';

const ending = '.kubephase-new';

/**
 * Returns the path of a new staged file for `path`. The name is never used again: two processes cannot open, fill or rename a file
 * of each other. It starts with a dot because the kubelet takes every other file of the manifests folder for a manifest.
 */
export function newStagedPath(path: string): string {
  const mark = Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
  return posix.join(posix.dirname(path), `.${posix.basename(path)}${ending}-${mark}`);
}

/** Whether `name` is that of a staged file for the file called `target`. The form without a mark is that of earlier releases. */
export function isStagedFor(target: string, name: string): boolean {
  const start = `.${target}${ending}`;
  return name.startsWith(start) && /^(-[0-9a-f]{12})?$/.test(name.slice(start.length));
}

/** Names of everything that is staged for `target`, a path on the disk. */
export function leftoversOf(disk: Disk, target: string): readonly string[] {
  try {
    return disk
      .readDirectory(posix.dirname(target))
      .map(({ name }) => name)
      .filter((name) => isStagedFor(posix.basename(target), name))
      .sort();
  } catch (error) {
    // A folder that is not there has nothing in it; one that may not be read can still be written to, without tidying up.
    if (isSystemError(error) && ['ENOENT', 'ENOTDIR', 'EACCES'].includes(error.code)) return [];
    throw error;
  }
}

/** Everything that is staged for `path` and may be put into place. */
export async function readStaged(tree: Tree, path: string): Promise<readonly StagedFile[]> {
  const place = findPlace(tree.disk, tree.root, path);
  const found: StagedFile[] = [];
  for (const name of leftoversOf(tree.disk, place.path)) {
    const staged = posix.join(posix.dirname(place.path), name);
    const entry = tree.disk.look(staged);
    if (entry === undefined || !isOurs(tree.disk, entry, place.entry)) continue;
    const content = await tree.disk.read(staged, usualMaxBytes);
    if (content !== undefined && content.length > 0) found.push({ name, content, mode: entry.mode });
  }
  return found;
}

/** What this user staged, also for a file of another owner, who then owns the staged file as well. */
function isOurs(disk: Disk, staged: DiskEntry, target: DiskEntry | undefined): boolean {
  return staged.type === 'file' && (staged.owner.uid === disk.userId || staged.owner.uid === target?.owner.uid);
}

/** What waits at `staged` for its place `target`; both are paths on the disk. */
interface StagedContent {
  readonly staged: string;
  readonly target: string;
  readonly content: Uint8Array;
}

/**
 * Puts what was staged into its place. A mount point cannot be replaced: its content is written instead, and what was staged stays
 * until that is done, so that a run that is killed in between is completed by the next one.
 */
export function putIntoPlace(disk: Disk, { staged, target, content }: StagedContent): void {
  try {
    disk.rename(staged, target);
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EBUSY') throw error;
    disk.overwrite(target, content);
    disk.remove(staged);
  }
}

/** Puts what was read as staged for `path` into place. */
export async function adoptStaged(tree: Tree, path: string, { name }: Pick<StagedFile, 'name'>): Promise<void> {
  const place = findPlace(tree.disk, tree.root, path);
  const directory = posix.dirname(place.path);
  const entry = tree.disk.look(posix.join(directory, name));
  if (!isStagedFor(posix.basename(place.path), name) || entry === undefined || entry.size === 0 || !isOurs(tree.disk, entry, place.entry)) {
    throw nothingStaged(path, name);
  }
  const staged = posix.join(directory, name);
  const content = await tree.disk.read(staged, usualMaxBytes);
  if (content === undefined) throw nothingStaged(path, name);
  putIntoPlace(tree.disk, { staged, target: place.path, content });
  tree.disk.syncDirectory(directory);
}

/** The error for a file that is not, or no longer, waiting beside its place. */
export function nothingStaged(path: string, name: string): Error {
  return failure('FILE_NOT_STAGED', {
    summary: `nothing is staged for ${path}`,
    detail: `${posix.join(posix.dirname(path), name)} is not there, or not a file of this user with content`,
    remedy: 'Run the command again: it makes the file anew.',
    where: { file: path },
  });
}
