/** A machine on which everything seems to happen and nothing does, but for files in a directory of their own with the flat layout that kubeadm has. */
import { posix } from 'node:path';
import type { Host } from '../port.ts';
import { clean, directoryInUse, type RealFolders } from './directory.ts';
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

/**
 * Maps the certificates with their sub-folders, and the files directly in the three other folders, into `directory`:
 * `<certificates>/etcd/ca.crt` becomes `<directory>/etcd/ca.crt`, `/etc/kubernetes/admin.conf` becomes `<directory>/admin.conf`.
 * @throws ProblemError `DRY_RUN_DIRECTORY_IN_USE` when `directory` is one of the folders
 */
export function flatRedirect(folders: RealFolders, directory: string): Redirect {
  const target = clean(directory);
  const certificates = clean(folders.certificates);
  const flat = [folders.manifests, folders.kubelet, folders.kubeconfigs].map(clean);
  if ([certificates, ...flat].includes(target)) throw directoryInUse(directory);
  return (path) => {
    if (path === certificates || flat.includes(path)) return target;
    if (path.startsWith(`${certificates}/`)) return posix.join(target, path.slice(certificates.length));
    return flat.includes(posix.dirname(path)) ? posix.join(target, posix.basename(path)) : undefined;
  };
}
