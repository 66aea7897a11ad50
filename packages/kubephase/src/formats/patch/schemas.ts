/** Which lists of Kubernetes objects a strategic merge patch merges, and by which key. From the API's type definitions. */

/** Rules by field name. Fields without a rule are replaced (lists, scalars) or merged (objects). */
export type MergeSchema = Readonly<{ [field: string]: FieldRule }>;

export interface FieldRule {
  /** The list is merged; items are the same when they have the same value at this key. */
  readonly mergeKey?: string;
  /** The list holds scalars and is merged as a set. */
  readonly mergeValues?: true;
  /** Rules of the object, or of the list's items. */
  readonly fields?: MergeSchema;
}

const byName: FieldRule = { mergeKey: 'name' };
const byType: FieldRule = { mergeKey: 'type' };
const byIp: FieldRule = { mergeKey: 'ip' };

const metadata: FieldRule = { fields: { ownerReferences: { mergeKey: 'uid' }, finalizers: { mergeValues: true } } };

const container: FieldRule = {
  mergeKey: 'name',
  fields: {
    ports: { mergeKey: 'containerPort' },
    env: byName,
    volumeMounts: { mergeKey: 'mountPath' },
    volumeDevices: { mergeKey: 'devicePath' },
  },
};

const podSpec: FieldRule = {
  fields: {
    volumes: byName,
    initContainers: container,
    containers: container,
    ephemeralContainers: container,
    imagePullSecrets: byName,
    hostAliases: byIp,
    topologySpreadConstraints: { mergeKey: 'topologyKey' },
    schedulingGates: byName,
    resourceClaims: byName,
  },
};

const template: FieldRule = { fields: { metadata, spec: podSpec } };
const workload: MergeSchema = { metadata, spec: { fields: { template } }, status: { fields: { conditions: byType } } };

const schemas: Readonly<Record<string, MergeSchema>> = {
  'v1 Pod': { metadata, spec: podSpec, status: { fields: { conditions: byType, podIPs: byIp, hostIPs: byIp } } },
  'v1 Node': {
    metadata,
    spec: { fields: { podCIDRs: { mergeValues: true } } },
    status: { fields: { conditions: byType, addresses: byType } },
  },
  'v1 Service': { metadata, spec: { fields: { ports: { mergeKey: 'port' } } }, status: { fields: { conditions: byType } } },
  'v1 ServiceAccount': { metadata, secrets: byName },
  'apps/v1 Deployment': workload,
  'apps/v1 DaemonSet': workload,
  // A configuration file, not an object of the API: it has no metadata and merges no list.
  'kubelet.config.k8s.io/v1beta1 KubeletConfiguration': {},
};

/** Rules of a kind. A kind that is not listed has no lists to merge but those of its metadata. */
export function schemaOf(apiVersion: string, kind: string): MergeSchema {
  return schemas[`${apiVersion} ${kind}`] ?? { metadata };
}
