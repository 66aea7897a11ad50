/** Finds a program on PATH, as execvp(3) would. */
import { accessSync, constants, statSync } from 'node:fs';
import { isSystemError } from '../files/disk.ts';
import { findPlace } from '../files/place.ts';
import type { Tree } from '../files/tree.ts';
import type { Command } from './command.ts';

export interface ProgramSearch {
  readonly tree: Tree;
  readonly environment: Command['environment'];
}

/**
 * Returns the path, as the user knows it, of the first executable file of that name on PATH. Folders of PATH that are not
 * absolute are left out: what the current folder holds is not for root to run. A name that is an absolute path stands for itself.
 */
export function findProgram(name: string, search: ProgramSearch): string | undefined {
  if (name.startsWith('/')) return isProgram(name, search.tree) ? name : undefined;
  const directories = (search.environment['PATH'] ?? '').split(':').filter((directory) => directory.startsWith('/'));
  return directories.map((directory) => `${directory}/${name}`).find((path) => isProgram(path, search.tree));
}

function isProgram(path: string, { disk, root }: Tree): boolean {
  try {
    const place = findPlace(disk, root, path).path;
    accessSync(place, constants.X_OK);
    return statSync(place).isFile();
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}
