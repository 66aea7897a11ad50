/** The common frame of the four static Pods. */
import type { Traits } from '../../releases/release.ts';
import type { StaticPodName } from './request.ts';
import type { Volumes } from './volumes.ts';

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

export interface PodParts {
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
