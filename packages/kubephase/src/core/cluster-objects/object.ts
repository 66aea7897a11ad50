/** The shape of a Kubernetes object as plain data, as the builders return it. */

export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly resourceVersion?: string;
    readonly uid?: string;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Returns the ConfigMap `namespace/name` with the given texts. */
export function configMap(namespace: string, name: string, data: Readonly<Record<string, string>>): ClusterObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

/** Returns the ServiceAccount `namespace/name`. */
export function serviceAccount(namespace: string, name: string): ClusterObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}
