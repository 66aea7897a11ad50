/** The few system calls that `Files` is made of, so that one algorithm serves the real disk, the one in memory and tests that stop it half-way. */
import type { DirectoryEntry, FileMode, Owner } from '../port.ts';

/** No file of a node that is read whole comes near it: the longest are bundles of certificates and /etc/passwd of large sites. */
export const usualMaxBytes = 8 * 1024 * 1024;

/** What stands at one place, symbolic links not followed. */
export interface DiskEntry {
  readonly type: DirectoryEntry['type'];
  readonly mode: FileMode;
  readonly owner: Owner;
  /** Bytes. */
  readonly size: number;
}

/** Access of a staged file. Without `owner` the file is new: the umask reduces `mode` and this process owns it. */
export interface StageAccess {
  readonly mode: FileMode;
  readonly owner?: Owner;
}

/**
 * Paths are those of the disk itself: absolute, without `.` and `..`. Failures are errors with the `code` of errno.
 *
 * Calls are synchronous, also those that sync. Node's pool of four threads is kept busy with RSA keys for most of a run: a
 * sync sent there waits for all of them (measured: 0.7 s instead of 10 ms for 22 files), while the keys go on when this thread
 * waits for the disk.
 */
export interface Disk {
  /** User to whom the files belong that this process makes. */
  readonly userId: number;
  /** Undefined when nothing stands at `path`. */
  look(path: string): DiskEntry | undefined;
  /** Like `look`, but through symbolic links. */
  follow(path: string): DiskEntry | undefined;
  readLink(path: string): string;
  /**
   * Content of a regular file; undefined when nothing stands at `path`. Throws `EINVAL` for what is no regular file, without waiting
   * for it, and `EFBIG` for one that is longer than `maxBytes`, without reading more.
   */
  read(path: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** The last `maxBytes` of a regular file; undefined when nothing stands at `path`. Throws `EINVAL` as `read` does. */
  readEnd(path: string, maxBytes: number): Uint8Array | undefined;
  /** Whether the file at `path` is a mount of its own: a rename cannot replace it (`EBUSY`). */
  isMountPoint(path: string): boolean;
  /** In any order. */
  readDirectory(path: string): readonly DirectoryEntry[];
  /** Throws when this process may not create, rename and remove entries of the directory. */
  requireChangeable(directory: string): void;
  /** Throws when this process may not change the content of the file. */
  requireWritable(path: string): void;
  /** Whether this process may give a file of its own to `owner`. */
  canGiveTo(owner: Owner): boolean;
  /** Returns false when the directory existed already. */
  makeDirectory(path: string, mode: FileMode): boolean;
  /** Creates a file that must not exist (`EEXIST`), gives it its access, then its content, and syncs it. */
  stage(path: string, content: Uint8Array, access: StageAccess): void;
  /** Replaces the content of an existing file in place, and syncs it. A reader may see a part. */
  overwrite(path: string, content: Uint8Array): void;
  rename(from: string, to: string): void;
  /** Does nothing when nothing stands at `path`. */
  remove(path: string): void;
  /** Makes created, renamed and removed entries of the directory durable. */
  syncDirectory(path: string): void;
  setMode(path: string, mode: FileMode): void;
  setOwner(path: string, owner: Owner): void;
}

/** A disk and the directory on it that counts as `/` (empty: the whole disk). */
export interface Tree {
  readonly disk: Disk;
  readonly root: string;
}

/** An error of a system call. */
export interface SystemError extends Error {
  /** Such as `ENOENT`. */
  readonly code: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && /^E[A-Z0-9_]+$/.test(String((error as { code?: unknown }).code));
}

/** Makes an error as a system call would, for disks that are not made of system calls and for refusals of our own. */
export function systemError(code: string, text: string): SystemError {
  return Object.assign(new Error(`${code}: ${text}`), { code });
}

/** The error for reading something else than a file. */
export function notRegular(kind: string): SystemError {
  return systemError('EINVAL', `${kind} stands there, no regular file`);
}

/** The error for reading more than was to be expected. */
export function tooLarge(maxBytes: number): SystemError {
  return systemError('EFBIG', `it is longer than ${maxBytes} bytes`);
}
