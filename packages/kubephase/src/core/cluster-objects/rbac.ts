/** Roles, bindings and the subjects that kubeadm's clusters give rights to; the rights of joining nodes and of the administrators. */
import type { ClusterObject } from './object.ts';

const rbac = 'rbac.authorization.k8s.io';
const apiVersion = `${rbac}/v1`;

/** Who gets rights. The API server fills in the API group of users and groups. */
type Subject =
  | { readonly kind: 'Group' | 'User'; readonly name: string }
  | { readonly kind: 'ServiceAccount'; readonly name: string; readonly namespace: string };

interface Rule {
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
interface ReadAccess {
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

export const clusterAdminsGroup = 'kubeadm:cluster-admins';

/** ClusterRoleBinding `kubeadm:cluster-admins`: gives the group of admin.conf full rights. */
export function clusterAdminsBinding(): ClusterObject {
  return clusterRoleBinding(clusterAdminsGroup, 'cluster-admin', [{ kind: 'Group', name: clusterAdminsGroup }]);
}

const approver = 'system:certificates.k8s.io:certificatesigningrequests';

/** A group of objects that belong together, with what they allow in words. */
interface Grant {
  /** Ends the sentence "Allowing …". */
  readonly allows: string;
  readonly objects: readonly ClusterObject[];
}

/** Facts of the release that decide which rights are needed. */
interface GrantTraits {
  /** Organization in the certificate apiserver-kubelet-client; without one the user needs a binding of its own. */
  readonly apiserverKubeletClientOrganization?: string;
}

/**
 * Returns the rights by which a node joins with a bootstrap token and gets its certificates, in the order in which they are
 * written. The roles `system:…` are built into the API server.
 */
export function nodeBootstrapGrants(traits: GrantTraits): readonly Grant[] {
  const apiServer = { kind: 'User', name: 'kube-apiserver-kubelet-client' } as const;
  const grants: readonly Grant[] = [
    {
      allows: 'joining nodes to read nodes',
      objects: [
        clusterRole('kubeadm:get-nodes', [{ apiGroups: [''], resources: ['nodes'], verbs: ['get'] }]),
        clusterRoleBinding('kubeadm:get-nodes', 'kubeadm:get-nodes', [joiningNodes]),
      ],
    },
    {
      allows: 'joining nodes to ask for a client certificate',
      objects: [clusterRoleBinding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', [joiningNodes])],
    },
    {
      allows: 'the controller manager to approve the requests of joining nodes',
      objects: [clusterRoleBinding('kubeadm:node-autoapprove-bootstrap', `${approver}:nodeclient`, [joiningNodes])],
    },
    {
      allows: 'nodes to renew their client certificates',
      objects: [clusterRoleBinding('kubeadm:node-autoapprove-certificate-rotation', `${approver}:selfnodeclient`, [nodes])],
    },
    {
      allows: 'the API server to use the kubelets',
      objects: [clusterRoleBinding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', [apiServer])],
    },
  ];
  return traits.apiserverKubeletClientOrganization === undefined ? grants : grants.slice(0, -1);
}
