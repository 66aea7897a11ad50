/** What phases make and others build on, with the way to find out whether it is there. */
import type { NeededResult, Result } from 'phaserunner';
import type { Files, Host } from '../host/port.ts';
import * as names from '../problems/results.ts';

interface FilesOf<P extends string> {
  readonly host: { readonly files: Pick<Files, 'status'> };
  readonly paths: { readonly [Folder in P]: string };
}

/** Files in one of the folders of the node; `found` tells them from there. */
function filesIn<P extends string>(folder: P, files: readonly string[], name: string): Result<FilesOf<P>> {
  return {
    name,
    found: `${files.join(' and ')} on disk`,
    lasting: true,
    there: async ({ host, paths }) => {
      const found = await Promise.all(files.map((file) => host.files.status(`${paths[folder]}/${file}`)));
      return found.every((status) => status !== undefined);
    },
  };
}

/** A certificate authority: made by a phase, downloaded, or brought by the user. @param base path below the certificates folder, without ending */
export function authority(base: string): Result<FilesOf<'certificates'>> {
  return filesIn('certificates', [`${base}.crt`], names.authorityResult(base));
}

/** A certificate with its key. @param base path below the certificates folder, without ending */
export function certificate(base: string): Result<FilesOf<'certificates'>> {
  return filesIn('certificates', [`${base}.crt`, `${base}.key`], names.certificateResult(base));
}

export const serviceAccountKeys = filesIn('certificates', ['sa.key', 'sa.pub'], names.serviceAccountKeysResult);

/** @param file such as `admin.conf` */
export function kubeconfigFile(file: string): Result<FilesOf<'kubeconfigs'>> {
  return filesIn('kubeconfigs', [file], names.kubeconfigResult(file));
}

/** @param component such as `kube-apiserver` */
export function manifest(component: string): Result<FilesOf<'manifests'>> {
  return filesIn('manifests', [`${component}.yaml`], names.manifestResult(component));
}

/** The port at which a local etcd serves its clients. */
const etcdPort = 2379;

/** An etcd that somebody else starts on this node serves as well. */
export const localEtcd: Result<FilesOf<'manifests'> & { readonly host: Pick<Host, 'network'> }> = {
  ...manifest('etcd'),
  found: `etcd.yaml on disk or a process that listens on port ${etcdPort}`,
  there: async (context) => (await manifest('etcd').there(context)) || (await context.host.network.portFault(etcdPort)) === 'EADDRINUSE',
};

/** Somebody may run the kubelet with a configuration that stands elsewhere. */
export const kubeletConfiguration: Result<FilesOf<'kubelet'> & { readonly host: Pick<Host, 'services'> }> = {
  name: names.kubeletConfigurationResult,
  found: 'config.yaml of the kubelet on disk or a kubelet that runs',
  lasting: true,
  there: async ({ host, paths }) =>
    (await host.files.status(`${paths.kubelet}/config.yaml`)) !== undefined || (await host.services.active('kubelet')),
};

/** The part of a context in which the files stand that lead to the API. */
export interface AdminFile {
  readonly host: { readonly files: Pick<Files, 'status'> };
  readonly paths: { readonly adminKubeconfig: string; readonly kubeconfigs: string };
}

/** The credentials for the API of the cluster, also in a file of another name. */
export const adminFile: Result<AdminFile> = {
  ...kubeconfigFile('admin.conf'),
  there: async ({ host, paths }) => (await host.files.status(paths.adminKubeconfig)) !== undefined,
};

const superAdminFile = kubeconfigFile('super-admin.conf');

/** In a new cluster the administrator of admin.conf has no rights until super-admin.conf gave them to him; who has an earlier admin.conf has them. */
export const rightsOfAdmin: Result<AdminFile> = {
  ...superAdminFile,
  found: 'super-admin.conf or an earlier admin.conf on disk',
  there: async (context) => (await adminFile.there(context)) || (await superAdminFile.there(context)),
};

/** What the API is used with, for a phase that does without when `isSpared`. */
export function apiAccess<C = unknown>(isSpared: (context: C) => boolean = () => false): readonly NeededResult<AdminFile & C>[] {
  return [adminFile, rightsOfAdmin].map((result) =>
    inEarnest({ ...result, there: (context: AdminFile & C) => isSpared(context) || result.there(context) }),
  );
}

/** `result`, without which a phase can write what it makes, though nothing can be done with that before. */
export function toBeOfUse<C>(result: Result<C>): NeededResult<C> {
  return { ...result, dispensable: 'always' };
}

/** `result`, for which only a run in earnest asks. */
export function inEarnest<C>(result: Result<C>): NeededResult<C> {
  return { ...result, dispensable: 'unless-real' };
}
