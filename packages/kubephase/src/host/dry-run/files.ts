/** The files of a dry run: writes stay out of the machine's own files, and reads see them nevertheless. */
import { posix } from 'node:path';
import { isProblemError } from 'phaserunner';
import { isSystemError, systemError } from '../files/disk.ts';
import { fileFailure, notAbsolute } from '../files/failure.ts';
import { parentsOf } from '../files/place.ts';
import { nothingStaged } from '../files/staged.ts';
import { bytesOf } from '../files/write.ts';
import type { FileMode, Files, FileStatus, FileWrite } from '../port.ts';
import { createDryRunReads, createOverlay, type DryRunParts, type Redirect } from './overlay.ts';

/** Folders of the dry-run directory, whatever their counterparts have: the files in it have modes of their own. */
const directoryMode = 0o755;
/** Reduces the modes of what exists only in memory; the usual umask of root. */
const umask = 0o022;
const root = { uid: 0, gid: 0 };

/**
 * Files that `redirect` maps are written below the dry-run directory through `base`; all others are kept in memory.
 * Links are not followed by writes. Listings show what this process wrote, not what an earlier dry run left.
 */
export function createDryRunFiles(base: Files, redirect: Redirect): Files {
  const parts: DryRunParts = { base, redirect: (path) => redirect(posix.normalize(path)), overlay: createOverlay() };
  const reads = createDryRunReads(parts);
  const placeOf = (path: string): Promise<DryRunPlace> => dryRunPlace(posix.normalize(path), reads.status);

  const writeTogether: Files['writeTogether'] = async (files) => {
    const places = new Map<FileWrite, DryRunPlace>();
    for (const file of files) places.set(file, requireFilePlace(file.path, await placeOf(file.path)));
    const redirected = files.flatMap((file) => {
      const path = parts.redirect(file.path);
      return path === undefined ? [] : [{ ...file, path, directoryMode }];
    });
    if (redirected.length > 0) await base.writeTogether(redirected);
    for (const [file, place] of places) noteWrite(parts, file, place);
  };

  const setAccess: Files['setAccess'] = async (path, access) => {
    const { status } = await placeOf(path);
    if (status === undefined) throw refusal(path, 'ENOENT', 'nothing exists there');
    const { recursive, ...override } = access;
    const key = posix.normalize(path);
    parts.overlay.access.set(key, { ...parts.overlay.access.get(key), ...override });
    if (recursive !== true || status.type !== 'directory') return;
    for (const { name, type } of (await reads.list(path)) ?? []) if (type !== 'symlink') await setAccess(posix.join(path, name), access);
  };

  return {
    ...reads,
    write: (file) => writeTogether([file]),
    writeTogether,
    adoptStaged: async (path, { name }) => {
      const staged = (await reads.staged(path)).find((file) => file.name === name);
      if (staged === undefined) throw nothingStaged(path, name);
      await writeTogether([{ path, content: staged.content, mode: staged.mode }]);
    },
    makeDirectory: async (path, mode) => {
      const { status, missing } = await placeOf(path);
      if (status?.type === 'directory') return;
      if (status !== undefined) throw refusal(path, 'ENOTDIR', 'a file stands there');
      const counterpart = parts.redirect(path);
      if (counterpart !== undefined) await base.makeDirectory(counterpart, directoryMode);
      noteDirectories(parts, [...missing, posix.normalize(path)], mode);
    },
    setAccess,
    obstacle: async (path) => {
      try {
        requireFilePlace(path, await placeOf(path));
      } catch (error) {
        if (isProblemError(error)) return error.problem;
        throw error;
      }
      const counterpart = parts.redirect(path);
      return counterpart === undefined ? undefined : base.obstacle(counterpart);
    },
  };
}

/** Notes what the write of `file` means for later reads. `place` is what stood there before: as in a real run its access stays. */
function noteWrite(parts: DryRunParts, file: FileWrite, place: DryRunPlace): void {
  const { overlay, redirect } = parts;
  const path = posix.normalize(file.path);
  const { mode, owner } = place.status ?? { mode: file.mode & ~umask, owner: root };
  noteDirectories(parts, place.missing, file.directoryMode ?? directoryMode);
  overlay.written.add(path);
  overlay.nodes.set(
    path,
    redirect(path) === undefined ? { type: 'file', content: bytesOf(file.content).slice(), mode, owner } : { type: 'redirected' },
  );
  if (place.status !== undefined) overlay.access.set(path, { mode, owner });
}

function noteDirectories({ overlay }: DryRunParts, paths: readonly string[], mode: FileMode): void {
  for (const path of paths) overlay.nodes.set(path, { type: 'directory', mode: mode & ~umask, owner: root });
}

function requireFilePlace(path: string, place: DryRunPlace): DryRunPlace {
  if (place.status?.type === 'directory') throw refusal(path, 'EISDIR', 'a folder stands there');
  if (place.status?.type === 'other') throw refusal(path, 'EINVAL', 'not a regular file');
  return place;
}

/** What a real run would answer for `path`. */
function refusal(path: string, code: string, text: string): unknown {
  return fileFailure({ purpose: 'write', path, root: '' }, systemError(code, text));
}

interface DryRunPlace {
  /** What stands at the path itself. */
  readonly status: FileStatus | undefined;
  /** Parent directories that do not exist, outermost first. */
  readonly missing: readonly string[];
}

/**
 * Looks at `path` from the root down, through `statusOf`.
 * @throws ProblemError `FILE_UNWRITABLE` as a write to `path` would
 */
async function dryRunPlace(path: string, statusOf: (path: string) => Promise<FileStatus | undefined>): Promise<DryRunPlace> {
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
