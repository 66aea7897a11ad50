/** Looks for what would stop a write, without writing. */
import { posix } from 'node:path';
import type { Problem } from 'phaserunner';
import { isSystemError, systemError, type Disk } from './disk.ts';
import { fileProblem, notAbsolute } from './failure.ts';
import { findPlace, withoutRoot, type Place } from './place.ts';
import type { Tree } from './tree.ts';

/** Returns the first reason why `path` cannot be created or replaced, or undefined. */
export function findObstacle(tree: Tree, path: string): Problem | undefined {
  if (!path.startsWith('/')) return notAbsolute(path).problem;
  let target = path;
  try {
    const place = findPlace(tree.disk, tree.root, path);
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

function requireReplaceable(disk: Disk, entry: NonNullable<Place['entry']>): void {
  if (entry.type === 'directory') throw systemError('EISDIR', 'a folder stands there');
  if (entry.type !== 'file') throw systemError('EINVAL', 'not a regular file');
  if (!disk.canGiveTo(entry.owner)) {
    throw systemError('EPERM', `the file belongs to user ${entry.owner.uid}, group ${entry.owner.gid}, and this user cannot keep that`);
  }
}
