/** What phases make and others build on, with the way to find out whether it is there. */
import type { Result } from 'phaserunner';
import type { Files } from '../host/port.ts';
import * as names from '../problems/results.ts';

interface FilesOf<P extends string> {
  readonly host: { readonly files: Pick<Files, 'status'> };
  readonly paths: { readonly [Folder in P]: string };
}

/** A file in one of the folders of the node; `found` tells it from there. */
function fileIn<P extends string>(folder: P, file: string, name: string): Result<FilesOf<P>> {
  return {
    name,
    found: `${file} on disk`,
    there: async ({ host, paths }) => (await host.files.status(`${paths[folder]}/${file}`)) !== undefined,
  };
}

/** A certificate authority: made by a phase, downloaded, or brought by the user. @param base path below the certificates folder, without ending */
export function authority(base: string): Result<FilesOf<'certificates'>> {
  return fileIn('certificates', `${base}.crt`, names.authorityResult(base));
}

export const serviceAccountKeys = fileIn('certificates', 'sa.key', names.serviceAccountKeysResult);

/** @param file such as `admin.conf` */
export function kubeconfigFile(file: string): Result<FilesOf<'kubeconfigs'>> {
  return fileIn('kubeconfigs', file, names.kubeconfigResult(file));
}

/** @param component such as `kube-apiserver` */
export function manifest(component: string): Result<FilesOf<'manifests'>> {
  return fileIn('manifests', `${component}.yaml`, names.manifestResult(component));
}
