/** Where runs on one tree show themselves: folders, looked at and judged, and the names of entries in them. */
import { lstatSync, mkdirSync, readdirSync, rmdirSync, statSync, unlinkSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { isSystemError } from '../../host/files/disk.ts';

/** A path that is longer does not fit into the address of a Unix socket. @see unix(7) */
const longestSocketPath = 107;
const userId = process.geteuid?.() ?? 0;

/** A tree of files, told apart from others by its root folder, under whatever path it is known. */
export interface LockedTree {
  /** Starts the names of all entries of the tree. */
  readonly prefix: string;
  /** A run shows itself in the first of them where it can, and looks for others in all. */
  readonly places: readonly string[];
  /** Users whose entries count: root, this user, the owner of the root folder. */
  readonly trusted: ReadonlySet<number>;
}

/** For trees without a /run that can be written; the first is in memory, so that full and read-only disks do not matter. */
const sharedPlaces = ['/dev/shm', '/tmp'];

/**
 * @param root without symbolic links; empty for the whole machine
 * @param shared folders for everybody's files
 */
export function lockedTree(root: string, shared: readonly string[] = sharedPlaces): LockedTree {
  const { dev, ino } = statSync(root || '/', { bigint: true });
  return {
    prefix: `kubephase-${dev}-${ino}-`,
    places: [ownPlace(root), ...shared],
    trusted: new Set([0, userId, statSync(root || '/').uid]),
  };
}

/** The folder of the tree itself: who sees the tree sees it, also from another container. */
function ownPlace(root: string): string {
  return `${root}/run/kubephase`;
}

/**
 * Makes the folder where it is one of our own below an existing /run. Returns whether an entry can be put there: in a tree of another
 * user, who might exchange the folders on the way, nothing is written.
 */
export function openPlace(tree: LockedTree, place: string): boolean {
  if (place === tree.places[0]) {
    const above: LockedTree = { ...tree, trusted: new Set([0, userId]) };
    if (!isSafe(above, dirname(place))) return false;
    attempt(() => mkdirSync(place, { mode: 0o755 }));
  }
  return isPlace(tree, place);
}

/** Nobody else can remove our entries from the folder, nor put it somewhere else, and paths of sockets in it are not too long. */
function isPlace(tree: LockedTree, place: string): boolean {
  const longest = join(place, `${tree.prefix}new-4194304-00000000`);
  if (Buffer.byteLength(longest) > longestSocketPath) return false;
  return isSafe(tree, place) && (place !== tree.places[0] || isSafe(tree, dirname(place)));
}

function isSafe({ trusted }: LockedTree, directory: string): boolean {
  const status = look(directory);
  if (status === undefined || !status.isDirectory() || !trusted.has(status.uid)) return false;
  return (status.mode & 0o022) === 0 || (status.mode & 0o1000) !== 0;
}

/** Removes the folder of the tree when it is empty: nothing of a run is left in images. */
export function closePlace(tree: LockedTree, place: string): void {
  if (place === tree.places[0]) attempt(() => rmdirSync(place));
}

/** Paths of all entries that belong to users who count. */
export function listEntries(tree: LockedTree): readonly string[] {
  return tree.places
    .filter((place) => isPlace(tree, place))
    .flatMap((place) => (attempt(() => readdirSync(place)) ?? []).map((name) => join(place, name)))
    .filter((path) => isEntry(tree, path));
}

function isEntry({ prefix, trusted }: LockedTree, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.startsWith(prefix) || !/^\d+-[0-9a-f]+$/.test(name.slice(prefix.length))) return false;
  const status = look(path);
  return status?.isSocket() === true && trusted.has(status.uid);
}

/** The process that made an entry, as its name tells. */
export function processOf({ prefix }: Pick<LockedTree, 'prefix'>, path: string): number {
  return Number.parseInt(path.slice(path.lastIndexOf('/') + 1 + prefix.length), 10);
}

/** Removes an entry; one that is gone or belongs to another user is left. */
export function removeEntry(path: string): void {
  attempt(() => unlinkSync(path));
}

function look(path: string): Stats | undefined {
  return attempt(() => lstatSync(path, { throwIfNoEntry: false }));
}

/** What cannot be done in one place is done in another, or by the next run: a refusal of the system is an answer here, not an error. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
