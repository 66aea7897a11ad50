/** The Kubernetes API, as far as phases need it: whole objects of any kind, by reference. */
import type { ClusterObject } from '../../core/cluster-objects/object.ts';

/** Any Kubernetes object as JSON data. */
export type KubeObject = ClusterObject;

export interface ObjectReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Failures of every method are `ProblemError`s with one of the codes `KUBE_ALREADY_EXISTS`, `KUBE_NOT_FOUND`, `KUBE_CONFLICT`,
 * `KUBE_UNAUTHORIZED`, `KUBE_FORBIDDEN`, `KUBE_INVALID`, `KUBE_UNREACHABLE`, `KUBE_UNTRUSTED` or `KUBE_REQUEST_FAILED`.
 * An implementation sends a request again only when the first cannot have had an effect. Other retries are the caller's
 * (`operations/kube/write.ts`), because only the caller knows what is safe to repeat.
 */
export interface KubeApi {
  /** Undefined when the object does not exist. */
  get(reference: ObjectReference): Promise<KubeObject | undefined>;
  list(query: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  }): Promise<readonly KubeObject[]>;
  create(object: KubeObject): Promise<KubeObject>;
  /** PUT. Without `metadata.resourceVersion` the replacement is unconditional. */
  replace(object: KubeObject): Promise<KubeObject>;
  /**
   * What of the API server is not well, by the names that it gives its parts, such as `poststarthook/rbac/bootstrap-roles`; empty when it
   * is healthy. Asked with credentials, so that servers answer that tell strangers nothing.
   * @see https://kubernetes.io/docs/reference/using-api/health-checks/
   */
  unhealthyParts(): Promise<readonly string[]>;
  /** Strategic merge patch, as data. */
  patch(reference: ObjectReference, patch: Readonly<Record<string, unknown>>): Promise<KubeObject>;
}

/** Returns the reference to `object`. */
export function referenceTo(object: KubeObject): ObjectReference {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** `ConfigMap kube-system/kubeadm-config`, or `Node cp1` for what has no namespace. */
export function describeReference({ kind, name, namespace }: ObjectReference): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Answers that stay the same: a server of another cluster, or credentials that are not of this one. */
const certain: ReadonlySet<string> = new Set(['KUBE_UNTRUSTED', 'KUBE_UNAUTHORIZED']);

/**
 * Whether trying again may help: the server may answer later, or differently. It refuses its administrator while it makes the roles
 * (`KUBE_FORBIDDEN`). What is wrong with a kubeconfig file stays wrong.
 */
export function mayPass({ code }: { readonly code: string }): boolean {
  return code.startsWith('KUBE_') && !certain.has(code);
}
