/** Reads files, their status and directory listings. */
import type { DirectoryEntry, FileStatus } from '../port.ts';
import type { DiskEntry } from './disk.ts';
import { findPlace } from './place.ts';
import type { Tree } from './tree.ts';

/** Undefined when nothing exists at `path`. */
export async function readFile(tree: Tree, path: string): Promise<Uint8Array | undefined> {
  return tree.disk.read(pathToRead(tree, path));
}

/** Undefined when nothing exists at `path`. */
export function readStatus(tree: Tree, path: string): FileStatus | undefined {
  const entry = tree.root === '' ? tree.disk.follow(path) : findPlace(tree.disk, tree.root, path).entry;
  return entry === undefined ? undefined : statusFrom(entry);
}

/** Sorted by bytes of the names; undefined when `path` does not exist. */
export function listDirectory(tree: Tree, path: string): readonly DirectoryEntry[] | undefined {
  const place = findPlace(tree.disk, tree.root, path);
  if (place.entry === undefined) return undefined;
  return sortEntries(tree.disk.readDirectory(place.path));
}

/** Returns `entries` sorted by bytes of their names, as Go's directory listing is. */
export function sortEntries(entries: readonly DirectoryEntry[]): readonly DirectoryEntry[] {
  return [...entries].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

/**
 * Below a root prefix links have to be followed by us. On the whole disk the kernel does it, also for the links of
 * /proc/self/fd that lead to pipes and have no path.
 */
function pathToRead(tree: Tree, path: string): string {
  return tree.root === '' ? path : findPlace(tree.disk, tree.root, path).path;
}

function statusFrom(entry: DiskEntry): FileStatus {
  const { type, mode, owner, size } = entry;
  return { type: type === 'symlink' ? 'other' : type, mode, owner, size: type === 'directory' ? 0 : size };
}
