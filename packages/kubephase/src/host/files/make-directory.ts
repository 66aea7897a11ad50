/** Makes directories with their parents. */
import { posix } from 'node:path';
import type { FileMode } from '../port.ts';
import { systemError, type Disk } from './disk.ts';
import { findPlace } from './place.ts';
import type { Tree } from './tree.ts';

/** Makes `path` and its missing parents with `mode`; existing directories stay as they are. */
export function makeDirectory(tree: Tree, path: string, mode: FileMode): void {
  const place = findPlace(tree.disk, tree.root, path);
  if (place.entry?.type === 'directory') return;
  if (place.entry !== undefined) throw systemError('ENOTDIR', 'a file stands there');
  makeAll(tree.disk, [...place.missing, place.path], mode);
}

/** Makes the directories, parents first, and makes them durable. One that appeared in the meantime is taken as it is. */
export function makeAll(disk: Disk, directories: readonly string[], mode: FileMode): void {
  const made = directories.filter((directory) => disk.makeDirectory(directory, mode));
  for (const directory of made) disk.syncDirectory(posix.dirname(directory));
}
