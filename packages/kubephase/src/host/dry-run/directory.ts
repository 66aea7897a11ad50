/** The folder in which a dry run keeps its files: nobody else can put anything into it, and no real run reads or writes there. */
import { posix } from 'node:path';
import { failure } from '../../problems/catalogue.ts';
import { parentsOf } from '../files/place.ts';
import type { FileStatus, Host } from '../port.ts';

/** Folders of a real run. */
export interface RealFolders {
  readonly certificates: string;
  readonly kubeconfigs: string;
  readonly manifests: string;
  readonly kubelet: string;
}

/** The variable with which users choose the directory, and the command that reads it. */
const commands = {
  KUBEADM_INIT_DRYRUN_DIR: 'init',
  KUBEADM_JOIN_DRYRUN_DIR: 'join',
  KUBEADM_UPGRADE_DRYRUN_DIR: 'upgrade',
} as const;

export type DryRunVariable = keyof typeof commands;

interface Choice {
  readonly variable: DryRunVariable;
  readonly folders: RealFolders;
}

/**
 * Returns the directory that the environment names, or a new one below the folder for temporary files. It is made when it does not
 * exist, with the mode that the reference gives it; keys in it are closed to others. One that exists is taken when nobody else can change it,
 * and when it is empty or holds only what dry runs make.
 * @throws ProblemError `PATH_NOT_ABSOLUTE`, `DRY_RUN_DIRECTORY_IN_USE`, `DRY_RUN_DIRECTORY_EXPOSED`, or `FILE_…` when it cannot be made
 */
export async function chooseDryRunDirectory(host: Host, { variable, folders }: Choice): Promise<string> {
  const chosen = host.environment[variable] ?? '';
  if (chosen === '') return makeTemporary(host, commands[variable]);
  const directory = clean(requireAbsolute(chosen, variable));
  const faults: Faults = { directory, variable };
  if ((await host.files.realPath(directory)) !== directory) throw exposed(faults, 'it is a link, or there is one on the way to it');
  await requireApart(host, faults, folders);
  await requireWay(host, faults);
  await host.files.makeDirectory(directory, 0o755);
  // Asked after it was made: another user may have been faster.
  requireClosed(host, faults, await host.files.status(directory));
  await requireOwnContent(host, faults, directory);
  return directory;
}

/** Nobody can know the name of the new folder before it is there. */
async function makeTemporary(host: Host, command: string): Promise<string> {
  const { files, environment } = host;
  const random = Buffer.from(host.randomBytes(8)).toString('hex');
  const temporary = environment['TMPDIR'] || '/tmp';
  // Only the new folder is closed to others; the one for everybody's temporary files is not ours to close.
  await files.makeDirectory(temporary, 0o755);
  const directory = posix.join(temporary, `kubephase-${command}-dryrun-${random}`);
  await files.makeDirectory(directory, 0o700);
  return directory;
}

interface Faults {
  readonly directory: string;
  readonly variable: DryRunVariable;
}

/** Those of every node, whatever its configuration says. */
const nodeFolders = ['/etc/kubernetes', '/var/lib/kubelet', '/var/lib/etcd'];

/** Compared behind links: a real folder may be reached by several paths. */
async function requireApart({ files }: Host, { directory }: Faults, folders: RealFolders): Promise<void> {
  for (const folder of [...nodeFolders, ...Object.values(folders)] as readonly string[]) {
    const real = await files.realPath(folder);
    if (real === directory || isBelow(directory, real) || isBelow(real, directory)) throw directoryInUse(directory);
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`);
}

const sticky = 0o1000;

/** Whoever may rename a folder on the way can put another one in its place later. */
async function requireWay(host: Host, faults: Faults): Promise<void> {
  for (const parent of parentsOf(faults.directory)) {
    const status = await host.files.status(parent);
    if (status === undefined) return;
    const { owner, mode } = status;
    if (owner.uid !== 0 && owner.uid !== host.userId) throw exposed(faults, `${parent} on the way to it belongs to user ${owner.uid}`);
    if ((mode & 0o022) !== 0 && (mode & sticky) === 0) throw exposed(faults, `other users can change ${parent} on the way to it`);
  }
}

function requireClosed({ userId }: Host, faults: Faults, status: FileStatus | undefined): void {
  if (status?.type !== 'directory') throw exposed(faults, 'it is no folder');
  if (status.owner.uid !== userId) throw exposed(faults, `it belongs to user ${status.owner.uid}`);
  if ((status.mode & 0o022) !== 0)
    throw exposed(faults, `other users can change it (mode ${(status.mode & 0o7777).toString(8).padStart(4, '0')})`);
}

/** Names of what a run keeps in the folders of a node: certificates, keys, kubeconfig files, manifests, the kubelet's files. */
const ownName = /^(etcd|[^.].*\.(crt|key|pub|conf|ya?ml|env))$/;

async function requireOwnContent(host: Host, faults: Faults, folder: string): Promise<void> {
  for (const { name, type } of (await host.files.list(folder)) ?? []) {
    const path = posix.join(folder, name);
    if (type !== 'directory' && type !== 'file') throw exposed(faults, `${path} in it is no regular file`);
    if (!ownName.test(name)) throw exposed(faults, `it holds ${path}, which no dry run makes`);
    const status = await host.files.status(path);
    if (status !== undefined && status.owner.uid !== host.userId)
      throw exposed(faults, `${path} in it belongs to user ${status.owner.uid}`);
    if (type === 'directory') await requireOwnContent(host, faults, path);
  }
}

function requireAbsolute(path: string, variable: string): string {
  if (path.startsWith('/')) return path;
  throw failure('PATH_NOT_ABSOLUTE', {
    summary: `the path "${path}" in ${variable} is not absolute`,
    remedy: `Set ${variable} to the whole path, starting with a slash.`,
    where: { object: variable },
  });
}

export function directoryInUse(directory: string): Error {
  return failure('DRY_RUN_DIRECTORY_IN_USE', {
    summary: `a dry run cannot write to ${directory}`,
    detail: 'a real run keeps its own files there',
    remedy: 'Choose a directory that is used for nothing else.',
    where: { file: directory },
  });
}

function exposed({ directory, variable }: Faults, why: string): Error {
  return failure('DRY_RUN_DIRECTORY_EXPOSED', {
    summary: `a dry run does not write to ${directory}`,
    detail: why,
    remedy: `Set ${variable} to a path that does not exist yet, in a folder that other users cannot change: it is made. An existing folder has to be yours, closed to changes by others (chmod go-w), and empty but for files of dry runs.`,
    where: { file: directory },
  });
}

/** Without `.`, `..`, double and trailing slashes. */
export function clean(path: string): string {
  return posix.join(posix.normalize(path), '.').replace(/(.)\/$/, '$1');
}
