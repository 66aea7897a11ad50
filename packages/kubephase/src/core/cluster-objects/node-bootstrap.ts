/** The rights by which a node joins with a bootstrap token and gets its certificates. */
import type { ClusterObject } from './object.ts';
import { clusterRole, clusterRoleBinding, joiningNodes, nodes } from './rbac.ts';

const approver = 'system:certificates.k8s.io:certificatesigningrequests';

/** A group of objects that belong together, with what they allow in words. */
export interface Grant {
  /** Ends the sentence "Allowing …". */
  readonly allows: string;
  readonly objects: readonly ClusterObject[];
}

/** Facts of the release that decide which rights are needed. */
export interface GrantTraits {
  /** Organization in the certificate apiserver-kubelet-client; without one the user needs a binding of its own. */
  readonly apiserverKubeletClientOrganization?: string;
}

/** Returns the rights in the order in which they are written. The roles `system:…` are built into the API server. */
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
