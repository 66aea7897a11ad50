/** Secret `kubeadm-certs` and who may read it. */
import type { BootstrapToken } from '../../config/types.ts';
import type { ClusterObject } from '../cluster-objects/object.ts';
import { joiningNodes, readAccess } from '../cluster-objects/rbac.ts';

const name = 'kubeadm-certs';

/** How long the uploaded certificates stay. */
const lifetimeMs = 2 * 3_600_000;

/** Returns the Secret with base64 `data`. It is deleted together with the token Secret that owns it. */
export function kubeadmCertsSecret(
  data: Readonly<Record<string, string>>,
  owner: { readonly name: string; readonly uid: string },
): ClusterObject {
  const reference = { apiVersion: 'v1', kind: 'Secret', name: owner.name, uid: owner.uid, controller: true, blockOwnerDeletion: true };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'kube-system', ownerReferences: [reference] }, data };
}

/** Role and RoleBinding: joining nodes may read it. They still need the certificate key to decrypt it. */
export function kubeadmCertsAccess(): readonly ClusterObject[] {
  return readAccess({
    name: `kubeadm:${name}`,
    namespace: 'kube-system',
    resource: 'secrets',
    object: name,
    subjects: [joiningNodes],
  });
}

/** Returns the token that only lends the certificates its lifetime: without usages nobody can sign or log in with it. */
export function ownerToken(token: string): BootstrapToken {
  return { token, description: 'Proxy for managing TTL for the kubeadm-certs secret', ttlMs: lifetimeMs, usages: [], groups: [] };
}
