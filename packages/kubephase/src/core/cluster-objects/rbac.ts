/** Roles, bindings and the subjects that kubeadm's clusters give rights to. */
import type { ClusterObject } from './object.ts';

const rbac = 'rbac.authorization.k8s.io';
const apiVersion = `${rbac}/v1`;

/** Who gets rights. The API server fills in the API group of users and groups. */
export type Subject =
  | { readonly kind: 'Group' | 'User'; readonly name: string }
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string };

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

/** Everybody who joins with a bootstrap token of the default group. */
export const joiningNodes: Subject = { kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' };

/** Every node that has its own certificate. */
export const nodes: Subject = { kind: 'Group', name: 'system:nodes' };

export function clusterRole(name: string, rules: readonly Rule[]): ClusterObject {
  return { apiVersion, kind: 'ClusterRole', metadata: { name }, rules };
}

/** Binds the ClusterRole `role` to `subjects` under `name`. */
export function clusterRoleBinding(name: string, role: string, subjects: readonly Subject[]): ClusterObject {
  return {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: role },
    subjects,
  };
}

/** What `readAccess` opens, and to whom. */
export interface ReadAccess {
  /** Name of both the Role and the RoleBinding. */
  readonly name: string;
  readonly namespace: string;
  readonly resource: 'configmaps' | 'secrets';
  /** Name of the one object that may be read. */
  readonly object: string;
  readonly subjects: readonly Subject[];
}

/** Returns the Role and the RoleBinding that let `subjects` read one object, in the order in which they are written. */
export function readAccess(access: ReadAccess): readonly [role: ClusterObject, binding: ClusterObject] {
  const metadata = { name: access.name, namespace: access.namespace };
  const rule: Rule = { apiGroups: [''], resourceNames: [access.object], resources: [access.resource], verbs: ['get'] };
  return [
    { apiVersion, kind: 'Role', metadata, rules: [rule] },
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name: access.name },
      subjects: access.subjects,
    },
  ];
}
