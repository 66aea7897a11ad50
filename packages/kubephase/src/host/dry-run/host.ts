/** A machine on which everything seems to happen and nothing does, but for files in a directory of their own with the flat layout that kubeadm has. */
import { posix } from 'node:path';
import { failure } from '../../problems/catalogue.ts';
import type { Host } from '../port.ts';
import { createDryRunFiles } from './files.ts';
import type { Redirect } from './overlay.ts';

/** Returns a host that answers like `base` and changes only what `redirect` points to. */
export function createDryRunHost(base: Host, options: { readonly redirect: Redirect }): Host {
  return {
    ...base,
    files: createDryRunFiles(base.files, options.redirect),
    services: { ...base.services, stop: async () => undefined, restart: async () => undefined },
    mounts: { ...base.mounts, unmount: async () => undefined },
    // Nothing that a dry run does needs the rights of root.
    privileged: true,
  };
}

/** Folders of a real run. */
interface RealFolders {
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

/**
 * Maps the certificates with their sub-folders, and the files directly in the three other folders, into `directory`:
 * `<certificates>/etcd/ca.crt` becomes `<directory>/etcd/ca.crt`, `/etc/kubernetes/admin.conf` becomes `<directory>/admin.conf`.
 * @throws ProblemError `DRY_RUN_DIRECTORY_IN_USE` when `directory` is one of the folders
 */
export function flatRedirect(folders: RealFolders, directory: string): Redirect {
  const target = clean(directory);
  const certificates = clean(folders.certificates);
  const flat = [folders.manifests, folders.kubelet, folders.kubeconfigs].map(clean);
  if ([certificates, ...flat].includes(target)) throw inUse(directory);
  return (path) => {
    if (path === certificates || flat.includes(path)) return target;
    if (path.startsWith(`${certificates}/`)) return posix.join(target, path.slice(certificates.length));
    return flat.includes(posix.dirname(path)) ? posix.join(target, posix.basename(path)) : undefined;
  };
}

/**
 * Returns the directory that the environment names, which is made when something is written to it, or a new one below the
 * folder for temporary files that only this user can enter.
 * @throws ProblemError `PATH_NOT_ABSOLUTE`, or `FILE_…` when the new directory cannot be made
 */
export async function chooseDryRunDirectory(host: Host, environmentVariable: DryRunVariable): Promise<string> {
  const chosen = host.environment[environmentVariable] ?? '';
  if (chosen !== '') return requireAbsolute(chosen, environmentVariable);
  const random = Buffer.from(host.randomBytes(8)).toString('hex');
  const temporary = host.environment['TMPDIR'] || '/tmp';
  // Only the new folder is closed to others; the one for everybody's temporary files is not ours to close.
  await host.files.makeDirectory(temporary, 0o755);
  const directory = posix.join(temporary, `kubephase-${commands[environmentVariable]}-dryrun-${random}`);
  await host.files.makeDirectory(directory, 0o700);
  return directory;
}

function requireAbsolute(path: string, variable: string): string {
  if (path.startsWith('/')) return path;
  throw failure('PATH_NOT_ABSOLUTE', {
    summary: `the path "${path}" in ${variable} is not absolute`,
    remedy: `Set ${variable} to the whole path, starting with a slash.`,
    where: { object: variable },
  });
}

function inUse(directory: string): Error {
  return failure('DRY_RUN_DIRECTORY_IN_USE', {
    summary: `a dry run cannot write to ${directory}`,
    detail: 'a real run keeps its own files there',
    remedy: 'Choose a directory that is used for nothing else.',
    where: { file: directory },
  });
}

/** Without `.`, `..`, double and trailing slashes. */
function clean(path: string): string {
  return posix.join(posix.normalize(path), '.').replace(/(.)\/$/, '$1');
}
