/** Changes mode and owner of what exists. */
import type { Files } from '../port.ts';
import { systemError, type Disk } from './disk.ts';
import { findPlace } from './place.ts';
import type { Tree } from './tree.ts';

type Access = Parameters<Files['setAccess']>[1];

/** Symbolic links below a directory are left alone: what they point to was not asked for. */
export function setAccess(tree: Tree, path: string, access: Access): void {
  const place = findPlace(tree.disk, tree.root, path);
  if (place.entry === undefined) throw systemError('ENOENT', 'nothing exists there');
  change(tree.disk, place.path, access);
}

function change(disk: Disk, path: string, access: Access): void {
  const entry = disk.look(path);
  if (entry === undefined || entry.type === 'symlink') return;
  // Owner first: a new owner clears special bits of the mode, and the mode is meant for the new owner.
  if (access.owner !== undefined) disk.setOwner(path, access.owner);
  if (access.mode !== undefined) disk.setMode(path, access.mode);
  if (access.recursive !== true || entry.type !== 'directory') return;
  for (const child of disk.readDirectory(path)) change(disk, `${path}/${child.name}`, access);
}
