/** Volumes of static Pods: folders and files of the host, each with one mount of the same name. */
import type { HostPathMount } from '../../config/types.ts';

export interface Volume {
  readonly name: string;
  readonly hostPath: { readonly path: string; readonly type: string };
}

export interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: true;
}

export interface Volumes {
  readonly volumes: readonly Volume[];
  readonly volumeMounts: readonly VolumeMount[];
}

/** A directory of the host at the same path in the container, created when it is missing. */
export function directory(name: string, path: string, access: 'read-only' | 'read-write' = 'read-only'): HostPathMount {
  return { name, hostPath: path, mountPath: path, pathType: 'DirectoryOrCreate', readOnly: access === 'read-only' };
}

/** A kubeconfig file, read-only, under the name that every component uses for it. */
export function kubeconfigFile(path: string): HostPathMount {
  return { name: 'kubeconfig', hostPath: path, mountPath: path, pathType: 'FileOrCreate', readOnly: true };
}

/** Certificates of the system: /etc/ssl/certs and, because its links point there, other folders that exist. */
export function caDirectories(existing: readonly string[]): readonly HostPathMount[] {
  return [directory('ca-certs', '/etc/ssl/certs'), ...existing.map((path) => directory(path.slice(1).replaceAll('/', '-'), path))];
}

/** Volumes and mounts sorted by name. An entry replaces earlier ones of its name, its mount included. */
export function mergeVolumes(defaults: readonly HostPathMount[], extra: readonly HostPathMount[]): Volumes {
  const byName = new Map([...defaults, ...extra].map((entry) => [entry.name, entry]));
  const sorted = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { volumes: sorted.map(volumeOf), volumeMounts: sorted.map(mountOf) };
}

export function volumeOf({ name, hostPath, pathType }: HostPathMount): Volume {
  return { name, hostPath: { path: hostPath, type: pathType } };
}

export function mountOf({ name, mountPath, readOnly }: HostPathMount): VolumeMount {
  return { name, mountPath, ...(readOnly ? { readOnly } : {}) };
}
