/** The files of a host, made from a disk and a root prefix. */
import type { Files } from '../port.ts';
import { setAccess } from './access.ts';
import { makeDirectory } from './make-directory.ts';
import { findObstacle } from './obstacle.ts';
import { listDirectory, readFile, readStatus } from './read.ts';
import { adoptStaged, readStaged } from './staged.ts';
import { attempt, attemptLong, type Tree } from './tree.ts';
import { writeAll } from './write.ts';

/** Returns the files of `tree`; all failures are `ProblemError`s with the user's path. */
export function createFiles(tree: Tree): Files {
  const reading = <T>(path: string, work: () => Promise<T>): Promise<T> => attemptLong(tree, { purpose: 'read', path }, work);
  const looking = <T>(path: string, work: () => T): T => attempt(tree, { purpose: 'read', path }, work);
  const changing = <T>(path: string, work: () => T): T => attempt(tree, { purpose: 'write', path }, work);
  return {
    read: (path) => reading(path, () => readFile(tree, path)),
    readText: async (path) => {
      const content = await reading(path, () => readFile(tree, path));
      return content === undefined ? undefined : new TextDecoder().decode(content);
    },
    status: async (path) => looking(path, () => readStatus(tree, path)),
    list: async (path) => looking(path, () => listDirectory(tree, path)),
    write: async (file) => writeAll(tree, [file]),
    writeTogether: async (files) => writeAll(tree, files),
    staged: (path) => reading(path, () => readStaged(tree, path)),
    adoptStaged: async (path) => changing(path, () => adoptStaged(tree, path)),
    makeDirectory: async (path, mode) => changing(path, () => makeDirectory(tree, path, mode)),
    setAccess: async (path, access) => changing(path, () => setAccess(tree, path, access)),
    obstacle: async (path) => findObstacle(tree, path),
  };
}
