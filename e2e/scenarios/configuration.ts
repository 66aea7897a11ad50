/** Configuration files for `init` on a node of the rig. */
import type { Node } from '../machine/node.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Fields that a scenario adds to the documents, or puts in place of the usual ones. */
export interface Changes {
  readonly init?: Fields;
  readonly cluster?: Fields;
  readonly kubelet?: Fields;
  readonly proxy?: Fields;
}

/** For tests only; the clusters are gone a minute later. */
export const bootstrapToken = 'abcdef.0123456789abcdef';

/** What kubephase takes: four documents, as JSON, which is YAML. */
export function configuration(node: Node, changes: Changes = {}): string {
  return documents(node, 'kubeadm.k8s.io/v1beta4', changes);
}

/** The same for the genuine kubeadm, in the newest version of the format that a release up to 1.21 knows. */
export function kubeadmConfiguration(node: Node, changes: Changes = {}): string {
  return documents(node, 'kubeadm.k8s.io/v1beta2', changes);
}

function documents(node: Node, apiVersion: string, { init, cluster, kubelet, proxy }: Changes): string {
  return [
    {
      apiVersion,
      kind: 'InitConfiguration',
      bootstrapTokens: [{ token: bootstrapToken }],
      localAPIEndpoint: { advertiseAddress: node.address },
      nodeRegistration: { criSocket: 'unix:///run/containerd/containerd.sock' },
      ...init,
    },
    {
      apiVersion,
      kind: 'ClusterConfiguration',
      kubernetesVersion: node.kubernetesVersion,
      networking: { podSubnet: '10.244.0.0/16' },
      ...cluster,
    },
    // Nobody runs systemd here, and kernels without it may still have version 1 of cgroups.
    { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', cgroupDriver: 'cgroupfs', ...kubelet },
    // The limit of tracked connections belongs to the machine: a node may not set it.
    { apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration', conntrack: { maxPerCore: 0 }, ...proxy },
  ]
    .map((document) => JSON.stringify(document, undefined, 2))
    .join('\n---\n');
}
