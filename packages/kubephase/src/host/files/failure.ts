/** Turns errors of system calls into problems that name the user's path, the cause and what mends it. */
import type { Problem, ProblemError } from 'phaserunner';
import { failure, problem, type ProblemCode } from '../../problems/catalogue.ts';
import { isSystemError, type SystemError, type Tree } from './disk.ts';

/** What was being done when a call failed. */
interface FileTask {
  readonly purpose: 'read' | 'write' | 'write below';
  /** Path as the user knows it. */
  readonly path: string;
  /** Directory given with `--rootfs`; empty without. */
  readonly root: string;
}

const noSpace = new Set(['ENOSPC', 'EDQUOT']);

/** They say what else to read. */
const readingRemedies: Readonly<Record<string, string>> = {
  EINVAL: 'Name a regular file: only such are read. Content that a program makes can be saved to a file first.',
  EFBIG: 'Look whether it is the file that was meant: none that is read here is so long.',
};

const remedies: Readonly<Record<string, string>> = {
  EACCES: 'Run as root, or give this user the permission.',
  EPERM: 'Run as root, or give this user the permission. As root: see whether the file is marked as immutable (lsattr).',
  EROFS: 'Mount the file system writable, or choose a folder on another one.',
  ENOSPC: 'Make room on that file system and run again.',
  EDQUOT: 'Make room within the disk quota of this user and run again.',
  ENOTDIR: 'Move the file that stands where a folder is needed, or choose another path.',
  EISDIR: 'Move the folder that stands where a file is needed, or choose another path.',
  ELOOP: 'Mend the symbolic links: they lead back to themselves.',
  ENAMETOOLONG: 'Choose a shorter path.',
  ESTALE: 'Somebody changes folders there at the same time: find out who, and run again.',
  EIO: 'The device reports an error: look at the kernel log (dmesg).',
};

/** Describes `error`, which stopped `task`. */
export function fileProblem(task: FileTask, error: SystemError): Problem {
  const below = task.root === '' ? '' : ` (below ${task.root})`;
  return problem(codeFor(task, error), {
    summary: `cannot ${task.purpose} ${task.path}`,
    detail: `${withoutCall(error.message)}${below}`,
    remedy:
      (task.purpose === 'read' ? readingRemedies[error.code] : undefined) ??
      remedies[error.code] ??
      `Look at ${task.path} and the folders above it, then run again.`,
    where: { file: task.path },
    cause: error,
  });
}

/** Returns the error to throw for anything that went wrong in `task`; what is not from the system stays as it is. */
export function fileFailure(task: FileTask, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  const { code, ...fields } = fileProblem(task, error);
  return failure(code as ProblemCode, fields);
}

/** The error for a path that does not start with a slash. */
export function notAbsolute(path: string): ProblemError {
  return failure('PATH_NOT_ABSOLUTE', {
    summary: `the path "${path}" is not absolute`,
    remedy: 'Write the whole path, starting with a slash.',
    where: { file: path },
  });
}

function codeFor(task: FileTask, error: SystemError): ProblemCode {
  if (noSpace.has(error.code)) return 'FILE_NO_SPACE';
  if (task.purpose === 'read' && error.code === 'EFBIG') return 'FILE_TOO_LARGE';
  return task.purpose === 'read' ? 'FILE_UNREADABLE' : 'FILE_UNWRITABLE';
}

/** `EACCES: permission denied, open '/x'` without its second half, which repeats the path as it is on the disk. */
function withoutCall(message: string): string {
  return message.replace(/, [a-z]+( '.*'( -> '.*')?)?$/s, '');
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
