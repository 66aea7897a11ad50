/** How system calls get at an entry of the disk: by its path, or below a root folder by descriptors, one folder after the other. */
import * as fs from 'node:fs';
import { isSystemError, systemError } from '../files/disk.ts';

/** Paths are those of the disk, without links, `.` and `..`. A place is valid only while `use` runs. */
export interface Places {
  /** Calls `use` with a place for the name `path`, which may be free: for calls that do not follow a link at the end. */
  readonly name: <T>(path: string, use: (place: string) => T) => T;
  /** Calls `use` with a place for what stands at `path`: for calls that follow links. Throws `ENOENT` when nothing does. */
  readonly object: <T>(path: string, use: (place: string) => T) => T;
}

/** The whole disk: the kernel walks the path. */
export const wholeDisk: Places = { name: (path, use) => use(path), object: (path, use) => use(path) };

/** A descriptor that only stands for a place: nothing is opened, whatever stands there. Node.js has no name for it. @see open(2) */
const O_PATH = 0o10000000;
const { O_DIRECTORY, O_NOFOLLOW } = fs.constants;

/**
 * The folder `root`, an absolute path without links. Whoever owns a folder below it can swap names while this process works. So each
 * folder on the way is opened from the one above it, and a link is never followed: what openat2(2) does with RESOLVE_BENEATH and
 * RESOLVE_NO_SYMLINKS, which Node.js cannot call. Paths outside `root` are those of the machine itself.
 * Needs /proc, through which a descriptor can stand at the start of a path.
 * @throws SystemError `ESTALE` when a folder on the way was replaced since it was looked at
 */
export function placesBelow(root: string): Places {
  const first = fs.statSync(root);
  const openRoot = (): number => {
    const descriptor = fs.openSync(root, O_PATH | O_NOFOLLOW | O_DIRECTORY);
    const { dev, ino } = fs.fstatSync(descriptor);
    if (dev === first.dev && ino === first.ino) return descriptor;
    fs.closeSync(descriptor);
    throw replaced(root);
  };
  const openFolder = (names: readonly string[]): number => {
    let folder = attemptOpen(root, openRoot);
    for (const [index, name] of names.entries()) {
      const above = folder;
      try {
        const path = `/${names.slice(0, index + 1).join('/')}`;
        folder = attemptOpen(path, () => fs.openSync(`${placeOf(above)}/${name}`, O_PATH | O_NOFOLLOW | O_DIRECTORY));
      } finally {
        fs.closeSync(above);
      }
    }
    return folder;
  };
  const name: Places['name'] = (path, use) => {
    if (path !== root && !path.startsWith(`${root}/`)) return use(path);
    const names = path.slice(root.length).split('/').slice(1);
    const folder = openFolder(names.slice(0, -1));
    return closing(folder, () => use(`${placeOf(folder)}/${names.at(-1) ?? '.'}`));
  };
  return {
    name,
    object: (path, use) => name(path, (place) => (place === path ? use(path) : withObject(place, use))),
  };
}

/** A link that appeared in the meantime stands for itself. */
function withObject<T>(place: string, use: (place: string) => T): T {
  const descriptor = fs.openSync(place, O_PATH | O_NOFOLLOW);
  return closing(descriptor, () => use(placeOf(descriptor)));
}

function closing<T>(descriptor: number, work: () => T): T {
  try {
    return work();
  } finally {
    fs.closeSync(descriptor);
  }
}

const placeOf = (descriptor: number): string => `/proc/self/fd/${descriptor}`;

/** The caller has looked at every folder: one that is none now has been replaced. */
function attemptOpen(path: string, open: () => number): number {
  try {
    return open();
  } catch (error) {
    throw isSystemError(error) && (error.code === 'ENOTDIR' || error.code === 'ELOOP') ? replaced(path) : error;
  }
}

function replaced(path: string): Error {
  return systemError('ESTALE', `${path} was replaced while it was used`);
}

/**
 * Whether `path`, which exists, is a mount of its own, as single files are in containers: a rename cannot replace it.
 * Two places are in one mount when the kernel gives both the same number. @see https://man7.org/linux/man-pages/man5/proc_pid_fdinfo.5.html
 */
export function isMountPoint(places: Places, path: string): boolean {
  if (process.platform !== 'linux') return false;
  return places.name(path, (place) => mountOf(place) !== mountOf(`${place.slice(0, place.lastIndexOf('/'))}/.`));
}

/** Undefined where the kernel does not tell. */
function mountOf(place: string): string | undefined {
  const descriptor = fs.openSync(place, O_PATH | O_NOFOLLOW);
  return closing(descriptor, () => {
    try {
      return /^mnt_id:\s*(\d+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1];
    } catch (error) {
      if (isSystemError(error)) return undefined;
      throw error;
    }
  });
}
