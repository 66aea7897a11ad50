/** ClusterRoleBinding `kubeadm:cluster-admins`: gives the group of admin.conf full rights. */
import type { ClusterObject } from './object.ts';
import { clusterRoleBinding } from './rbac.ts';

export const clusterAdminsGroup = 'kubeadm:cluster-admins';

export function clusterAdminsBinding(): ClusterObject {
  return clusterRoleBinding(clusterAdminsGroup, 'cluster-admin', [{ kind: 'Group', name: clusterAdminsGroup }]);
}
