/** Finds where on the disk a path of the user ends: below the root prefix, behind symbolic links, never above the root. */
import { posix } from 'node:path';
import { systemError, type Disk, type DiskEntry } from './disk.ts';

/** Links followed in one path before it counts as a loop; the limit of Linux. */
const maximalLinks = 40;

export interface Place {
  /** Path on the disk. No part of it that exists is a symbolic link. */
  readonly path: string;
  /** Undefined when nothing stands there. */
  readonly entry: DiskEntry | undefined;
  /** Parent directories on the disk that do not exist, outermost first. */
  readonly missing: readonly string[];
}

/**
 * Walks `path` one name at a time, as the kernel does after chroot(2) into `root`: an absolute link starts again at the root
 * and `..` stops there. `root` is a directory on the disk, or empty for the whole disk.
 * @throws SystemError `ENOTDIR` when a parent is a file, `ELOOP` when links do not end
 */
export function findPlace(disk: Disk, root: string, path: string): Place {
  const walk: Walk = { disk, root, ahead: namesOf(path), behind: [], existing: 0, links: 0 };
  for (let name = walk.ahead.pop(); name !== undefined; name = walk.ahead.pop()) {
    if (name === '..') walk.behind.pop();
    else enter(walk, name);
    walk.existing = Math.min(walk.existing, walk.behind.length);
  }
  const { behind, existing } = walk;
  const place = onDisk(root, behind);
  const missing = behind.slice(existing, -1).map((_, index) => onDisk(root, behind.slice(0, existing + index + 1)));
  return { path: place, entry: existing === behind.length ? disk.look(place) : undefined, missing };
}

interface Walk {
  readonly disk: Disk;
  readonly root: string;
  /** Names still to enter, the next one at the end. */
  readonly ahead: string[];
  /** Names entered so far; none of them is a link. */
  readonly behind: string[];
  /** How many names of `behind` exist. */
  existing: number;
  links: number;
}

function enter(walk: Walk, name: string): void {
  const { disk, root, ahead, behind } = walk;
  behind.push(name);
  if (walk.existing < behind.length - 1) return;
  const entry = disk.look(onDisk(root, behind));
  if (entry === undefined) return;
  if (entry.type === 'symlink') {
    followLink(walk);
    return;
  }
  if (entry.type !== 'directory' && ahead.length > 0) throw systemError('ENOTDIR', `/${behind.join('/')} is not a directory`);
  walk.existing = behind.length;
}

/** Puts the names of the link's target in place of the link, which is the last of `behind`. */
function followLink(walk: Walk): void {
  walk.links += 1;
  if (walk.links > maximalLinks) throw systemError('ELOOP', 'too many symbolic links');
  const target = walk.disk.readLink(onDisk(walk.root, walk.behind));
  walk.ahead.push(...namesOf(target));
  walk.behind.length = target.startsWith('/') ? 0 : walk.behind.length - 1;
}

/** Returns the path that a user knows for `path` on the disk. */
export function withoutRoot(root: string, path: string): string {
  return path === root ? '/' : path.slice(root.length);
}

function onDisk(root: string, names: readonly string[]): string {
  return names.length === 0 ? root || '/' : `${root}/${names.join('/')}`;
}

/** Names of a path, last first, so that the next one is at the end. */
function namesOf(path: string): string[] {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .reverse();
}

/** Folders above `path`, which is absolute and normal: the outermost first, without `/`. */
export function parentsOf(path: string): readonly string[] {
  const parent = posix.dirname(path);
  return parent === '/' ? [] : [...parentsOf(parent), parent];
}
