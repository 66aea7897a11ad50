/** Refuses, in a rehearsal, what would be refused in a real run because of what stands at or above a path. */
import { posix } from 'node:path';
import { isProblemError } from 'phaserunner';
import { isSystemError, systemError } from '../files/disk.ts';
import { fileFailure, notAbsolute } from '../files/failure.ts';
import type { FileStatus } from '../port.ts';

export interface RehearsedPlace {
  /** What stands at the path itself. */
  readonly status: FileStatus | undefined;
  /** Parent directories that do not exist, outermost first. */
  readonly missing: readonly string[];
}

/**
 * Looks at `path` from the root down, through `statusOf`.
 * @throws ProblemError `FILE_UNWRITABLE` as a write to `path` would
 */
export async function rehearsePlace(path: string, statusOf: (path: string) => Promise<FileStatus | undefined>): Promise<RehearsedPlace> {
  if (!path.startsWith('/')) throw notAbsolute(path);
  const task = { purpose: 'write', path, root: '' } as const;
  try {
    const missing: string[] = [];
    for (const parent of parentsOf(path)) {
      const status = missing.length > 0 ? undefined : await statusOf(parent);
      if (status === undefined) missing.push(parent);
      else if (status.type !== 'directory') throw systemError('ENOTDIR', `${parent} is not a directory`);
    }
    return { status: missing.length > 0 ? undefined : await statusOf(path), missing };
  } catch (error) {
    // What stopped the look would stop the write for the same reason.
    const cause: unknown = isProblemError(error) && isSystemError(error.problem.cause) ? error.problem.cause : error;
    throw fileFailure(task, cause);
  }
}

/** Outermost first, without `/`. */
function parentsOf(path: string): readonly string[] {
  const parent = posix.dirname(path);
  return parent === '/' ? [] : [...parentsOf(parent), parent];
}
