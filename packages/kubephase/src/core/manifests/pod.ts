/** What all static Pods share: what each is computed from, its frame, its volumes. */
import type { EnvVar, HostPathMount, ControlPlaneConfig } from '../../config/types.ts';
import type { ResolvedRelease, Traits } from '../../releases/release.ts';

export type StaticPodName = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd';

/** What of the machine shows in the manifests. */
export interface HostFacts {
  /** Those of the release's `caDirectories` that exist. */
  readonly caDirectories: readonly string[];
  /** Variables of this process whose names end in `_proxy`. */
  readonly proxyVariables: readonly EnvVar[];
  /** The CA's key is not on this machine, so the controller manager cannot sign. */
  readonly externalCa: boolean;
}

/** What a static Pod is computed from. */
export interface ManifestRequest {
  readonly config: ControlPlaneConfig;
  readonly release: ResolvedRelease;
  readonly facts: HostFacts;
}

/** Folder of the kubeconfig files inside manifests, wherever `--kubeconfig-dir` writes them. */
export const kubernetesDirectory = '/etc/kubernetes';

/** A Pod as data, printed as it stands. */
export interface StaticPod {
  readonly apiVersion: 'v1';
  readonly kind: 'Pod';
  readonly metadata: { readonly name: StaticPodName; readonly [field: string]: unknown };
  readonly spec: {
    readonly containers: readonly [Readonly<Record<string, unknown>>];
    readonly securityContext?: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
  };
  readonly status: Readonly<Record<string, never>>;
  readonly [field: string]: unknown;
}

interface PodParts {
  readonly name: StaticPodName;
  readonly traits: Traits;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly unknown[] | undefined;
  /** Amounts by resource. */
  readonly requests: Readonly<Record<string, string>>;
  readonly probes: Readonly<Record<string, unknown>>;
  readonly volumes: Volumes;
}

/** Puts the parts together. Absent parts give absent fields. */
export function staticPod(parts: PodParts): StaticPod {
  const { traits } = parts;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(parts.annotations === undefined ? {} : { annotations: parts.annotations }),
      ...(traits.nullCreationTimestamp ? { creationTimestamp: null } : {}),
      labels: { component: parts.name, tier: 'control-plane' },
      name: parts.name,
      namespace: 'kube-system',
    },
    spec: {
      containers: [
        {
          command: [parts.name, ...parts.args],
          ...(parts.env === undefined ? {} : { env: parts.env }),
          image: parts.image,
          imagePullPolicy: 'IfNotPresent',
          name: parts.name,
          resources: { requests: parts.requests },
          volumeMounts: parts.volumes.volumeMounts,
          ...parts.probes,
        },
      ],
      hostNetwork: true,
      ...(traits.podPriority ? { priority: 2_000_001_000 } : {}),
      priorityClassName: 'system-node-critical',
      ...(traits.seccompProfile ? { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } } : {}),
      volumes: parts.volumes.volumes,
    },
    status: {},
  };
}

interface Volume {
  readonly name: string;
  readonly hostPath: { readonly path: string; readonly type: string };
}

interface VolumeMount {
  readonly name: string;
  readonly mountPath: string;
  readonly readOnly?: true;
}

/** Folders and files of the host, each with one mount of the same name. */
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
