/** A disk with its root, and the frames in which calls on it run. */
import type { Disk } from './disk.ts';
import { fileFailure, notAbsolute, type FileTask } from './failure.ts';

/** A disk and the directory on it that counts as `/` (empty: the whole disk). */
export interface Tree {
  readonly disk: Disk;
  readonly root: string;
}

/**
 * Runs `work`, which reads or writes the path of `task`.
 * @throws ProblemError that names the path instead of the errors of system calls
 */
export function attempt<T>(tree: Tree, task: Omit<FileTask, 'root'>, work: () => T): T {
  if (!task.path.startsWith('/')) throw notAbsolute(task.path);
  try {
    return work();
  } catch (error) {
    throw fileFailure({ ...task, root: tree.root }, error);
  }
}

/** `attempt` for work that waits. */
export async function attemptLong<T>(tree: Tree, task: Omit<FileTask, 'root'>, work: () => Promise<T>): Promise<T> {
  try {
    return await attempt(tree, task, work);
  } catch (error) {
    throw fileFailure({ ...task, root: tree.root }, error);
  }
}
