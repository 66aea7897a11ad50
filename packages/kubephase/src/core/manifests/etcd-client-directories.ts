/** Folders with the API server's certificates for an external etcd, which have to be mounted. */
import { dirname } from 'node:path/posix';
import type { ExternalEtcd, HostPathMount } from '../../config/types.ts';
import { directory } from './volumes.ts';

/**
 * Returns a mount for each folder that holds one of the three files and is not below a folder in `mounted` or below
 * another of them. kubeadm compares the texts of paths, so that it takes `/etc/etcd2` for a part of
 * `/etc/etcd` and leaves it out; here whole path segments are compared.
 */
export function etcdClientDirectories(etcd: ExternalEtcd, mounted: readonly string[]): readonly HostPathMount[] {
  const candidates = [etcd.caFile, etcd.certFile, etcd.keyFile].filter((file) => file !== '').map((file) => dirname(file));
  const free = [...new Set(candidates)].filter((path) => !mounted.some((parent) => contains(parent, path)));
  const outermost = free.filter((path) => !free.some((parent) => parent !== path && contains(parent, path)));
  return outermost.sort().map((path, index) => directory(`etcd-certs-${index}`, path));
}

function contains(parent: string, path: string): boolean {
  return path === parent || path.startsWith(parent.endsWith('/') ? parent : `${parent}/`);
}
