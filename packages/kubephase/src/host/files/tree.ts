/** A disk with its root, and the frame in which every call on it runs. */
import type { Disk } from './disk.ts';
import { fileFailure, notAbsolute, type FileTask } from './failure.ts';

/** A disk and the directory on it that counts as `/` (empty: the whole disk). */
export interface Tree {
  readonly disk: Disk;
  readonly root: string;
}

/**
 * Runs `work`, which reads or writes `path`.
 * @throws ProblemError that names `path` instead of the errors of system calls
 */
export async function attempt<T>(tree: Tree, task: Omit<FileTask, 'root'>, work: () => T | Promise<T>): Promise<T> {
  if (!task.path.startsWith('/')) throw notAbsolute(task.path);
  try {
    return await work();
  } catch (error) {
    throw fileFailure({ ...task, root: tree.root }, error);
  }
}
