/** The mounts of the machine, from the kernel's table and through umount(8). */
import { isProblemError } from 'phaserunner';
import { failure } from '../../problems/catalogue.ts';
import { notAbsolute } from '../files/failure.ts';
import { createFiles } from '../files/files.ts';
import { findPlace, withoutRoot } from '../files/place.ts';
import type { Mount, Mounts } from '../port.ts';
import { findProgram, runCommand, shellLine, type Command, type ProgramSearch } from './programs.ts';

/** Longer than a server of network files takes to be given up. */
const timeoutMs = 60_000;

const table = '/proc/self/mounts';

/** Below a root prefix only the mounts there are seen, under the paths that they have there, as after chroot(2). */
export function createRealMounts(search: ProgramSearch): Mounts {
  const { root, disk } = search.tree;
  const files = createFiles({ disk, root: '' });
  const readTable = async (): Promise<readonly Mount[] | undefined> => {
    const text = await files.readText(table);
    return text === undefined ? undefined : mountsBelow(root, parseMounts(text));
  };
  return {
    list: readTable,
    unmount: async (path, { lazy = false } = {}) => {
      if (!path.startsWith('/')) throw notAbsolute(path);
      // Links below a root prefix must not lead out of it.
      const place = root === '' ? path : findPlace(disk, root, path).path;
      const argv = ['umount', ...(lazy ? ['-l'] : []), place] as const;
      const reason = await runUmount(argv, search);
      // A mount that shares its events with another one ends with it.
      const isMounted = async (): Promise<boolean> => (await readTable())?.some((mount) => mount.path === path) !== false;
      if (reason !== undefined && (await isMounted())) throw unmountFailed({ path, argv, reason, lazy });
    },
  };
}

/**
 * Reads lines of six fields: source, path, type, options and two numbers without meaning.
 * @see https://man7.org/linux/man-pages/man5/fstab.5.html
 */
export function parseMounts(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [source, path, type, options] = line.split(' ').map(withoutEscapes);
    if (source === undefined || path === undefined || type === undefined || options === undefined) return [];
    return [{ source, path, type, options: options.split(',') }];
  });
}

/** The kernel writes blanks, tabs, line ends, backslashes and `#` as three octal digits of a byte. */
function withoutEscapes(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCodePoint(Number.parseInt(digits, 8)));
}

function mountsBelow(root: string, mounts: readonly Mount[]): readonly Mount[] {
  if (root === '') return mounts;
  const below = mounts.filter(({ path }) => path === root || path.startsWith(`${root}/`));
  return below.map(({ source, path, type, options }) => ({ source, path: withoutRoot(root, path), type, options }));
}

/** Returns why umount did not do it, or undefined. */
async function runUmount([name, ...args]: Command['argv'], search: ProgramSearch): Promise<string | undefined> {
  // The program of the machine, not one that lies below the root prefix.
  const program = findProgram(name, { ...search, tree: { ...search.tree, root: '' } });
  if (program === undefined) return `${name} is not on PATH`;
  const environment = { ...search.environment, LC_ALL: 'C' };
  try {
    const { exitCode, stderr } = await runCommand({ argv: [program, ...args], environment, timeoutMs });
    return exitCode === 0 ? undefined : stderr.trim() || `${name} ended with exit code ${exitCode}`;
  } catch (error) {
    if (isProblemError(error)) return error.problem.summary;
    throw error;
  }
}

interface FailedUnmount {
  readonly path: string;
  readonly argv: Command['argv'];
  readonly reason: string;
  readonly lazy: boolean;
}

function unmountFailed({ path, argv, reason, lazy }: FailedUnmount): Error {
  return failure('UNMOUNT_FAILED', {
    summary: `cannot unmount ${path}`,
    detail: reason,
    remedy: lazy ? `Run by hand: ${shellLine(argv)}` : `End what uses it (fuser -vm ${path} lists it), or unmount it lazily.`,
    where: { file: path },
  });
}
