/** The files of a host, made from a disk and a root prefix. */
import type { Files } from '../port.ts';
import { setAccess } from './access.ts';
import { makeDirectory } from './make-directory.ts';
import { findObstacle } from './obstacle.ts';
import { listDirectory, readFile, readStatus } from './read.ts';
import { adoptStaged, readStaged } from './staged.ts';
import { attempt, type Tree } from './tree.ts';
import { writeAll } from './write.ts';

/** Returns the files of `tree`; all failures are `ProblemError`s with the user's path. */
export function createFiles(tree: Tree): Files {
  const reading = <T>(path: string, work: () => T | Promise<T>): Promise<T> => attempt(tree, { purpose: 'read', path }, work);
  const writing = <T>(path: string, work: () => T | Promise<T>): Promise<T> => attempt(tree, { purpose: 'write', path }, work);
  return {
    read: (path) => reading(path, () => readFile(tree, path)),
    readText: async (path) => {
      const content = await reading(path, () => readFile(tree, path));
      return content === undefined ? undefined : new TextDecoder().decode(content);
    },
    status: (path) => reading(path, () => readStatus(tree, path)),
    list: (path) => reading(path, () => listDirectory(tree, path)),
    write: (file) => writeAll(tree, [file]),
    writeTogether: (files) => writeAll(tree, files),
    staged: (path) => reading(path, () => readStaged(tree, path)),
    adoptStaged: (path) => writing(path, () => adoptStaged(tree, path)),
    makeDirectory: (path, mode) => writing(path, () => makeDirectory(tree, path, mode)),
    setAccess: (path, access) => writing(path, () => setAccess(tree, path, access)),
    obstacle: async (path) => findObstacle(tree, path),
  };
}
