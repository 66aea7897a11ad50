/** The name under which content waits beside its place, and what to do with what an interrupted run left there. */
import { posix } from 'node:path';
import { failure } from '../../problems/catalogue.ts';
import { findPlace } from './place.ts';
import type { Tree } from './tree.ts';

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
  return tree.disk.look(staged)?.type === 'file' ? tree.disk.read(staged) : undefined;
}

/** Renames what was staged for `path` into place. */
export function adoptStaged(tree: Tree, path: string): void {
  const place = findPlace(tree.disk, tree.root, path);
  const staged = stagedPath(place.path);
  if (tree.disk.look(staged)?.type !== 'file') throw nothingStaged(path);
  tree.disk.rename(staged, place.path);
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
