/** What nodes of the control plane write into the cluster beside add-ons and tokens: the configuration, and the mark of their Node. */
import type { Task } from 'phaserunner';
import type { KubeApi } from '../clients/kube/port.ts';
import type { NodeConfig } from '../config/types.ts';
import { clusterConfigurationDocument } from '../config/print/documents.ts';
import * as objects from '../core/cluster-objects/config-maps.ts';
import { formatTaint, markNode } from '../core/cluster-objects/node-mark.ts';
import { printYaml } from '../formats/yaml/print.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import { createOrMutate, createOrUpdate, patchNode, type WriteWindow } from './kube-write.ts';

interface ClusterWrite {
  readonly config: Pick<NodeConfig, 'timeouts'>;
  readonly kube: KubeApi;
}

export interface ClusterConfigurationContext extends ClusterWrite {
  readonly config: Pick<NodeConfig, 'timeouts' | 'cluster'>;
}

/** Keeps the ClusterConfiguration in ConfigMap kubeadm-config; other keys of it are kept. */
export async function uploadClusterConfiguration({ config, kube }: ClusterConfigurationContext, task: Task): Promise<void> {
  const window = windowOf({ config }, task);
  const yaml = printYaml(clusterConfigurationDocument(config.cluster));
  task.narrate(`storing the ClusterConfiguration in ConfigMap ${objects.kubeadmConfigName}, namespace kube-system`);
  await createOrMutate(kube, objects.kubeadmConfigMap(yaml), {
    ...window,
    mutate: (existing) => objects.withClusterConfiguration(existing, yaml),
  });
  for (const object of objects.kubeadmConfigAccess()) await createOrUpdate(kube, object, window);
}

export interface KubeletConfigurationContext extends ClusterWrite {
  readonly config: Pick<NodeConfig, 'timeouts' | 'kubelet'>;
  readonly release: ResolvedRelease;
}

/** Keeps the KubeletConfiguration, without what belongs to this node only, in a ConfigMap. */
export async function uploadKubeletConfiguration({ config, release, kube }: KubeletConfigurationContext, task: Task): Promise<void> {
  const window = windowOf({ config }, task);
  const name = objects.kubeletConfigName(release);
  const { document, userSupplied } = config.kubelet;
  task.narrate(`storing the KubeletConfiguration in ConfigMap ${name}, namespace kube-system`);
  const map = objects.kubeletConfigMap(name, { yaml: printYaml(document), userSupplied });
  for (const object of [map, ...objects.kubeletConfigAccess(name)]) await createOrUpdate(kube, object, window);
}

export interface NodeMarkContext extends ClusterWrite {
  readonly config: Pick<NodeConfig, 'timeouts' | 'nodeRegistration'>;
  readonly release: ResolvedRelease;
}

/** Labels and taints this machine's Node as part of the control plane. */
export async function markControlPlane({ config, release, kube }: NodeMarkContext, task: Task): Promise<void> {
  const { name, taints } = config.nodeRegistration;
  const labels = release.traits.controlPlaneLabels;
  task.narrate(`labelling Node ${name}: ${labels.join(', ')}`);
  if (taints.length > 0) task.narrate(`tainting Node ${name}: ${taints.map((taint) => formatTaint(taint)).join(', ')}`);
  await patchNode(kube, name, { ...windowOf({ config }, task), mutate: (node) => markNode(node, { labels, taints }) });
}

/** How long a phase tries to write to the cluster. */
export function windowOf({ config }: Pick<ClusterWrite, 'config'>, task: Task): WriteWindow & { readonly task: Task } {
  return { windowMs: config.timeouts.kubernetesAPICallMs, task };
}
