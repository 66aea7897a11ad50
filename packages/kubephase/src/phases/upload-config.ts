/** Phase `upload-config`: keeps the configuration in the cluster. */
import { definePhase } from 'phaserunner';
import type { FlagName } from '../flags/flags.ts';
import type { ClusterConfigurationContext, KubeletConfigurationContext } from '../operations/cluster-objects.ts';
import { apiAccess, type AdminFile } from './results.ts';

const work = () => import('../operations/cluster-objects.ts');

export const kubeadm = definePhase<ClusterConfigurationContext & AdminFile, FlagName>({
  name: 'kubeadm',
  summary: 'Write the ConfigMap kubeadm-config with the ClusterConfiguration',
  description: 'Machines that join, upgrades and resets read it. Other keys of the ConfigMap are kept.',
  flags: ['config', 'cri-socket', 'dry-run', 'kubeconfig'],
  needs: apiAccess(),
  work: async () => ({ run: (await work()).uploadClusterConfiguration }),
});

export const kubelet = definePhase<KubeletConfigurationContext & AdminFile, FlagName>({
  name: 'kubelet',
  summary: 'Write the ConfigMap kubelet-config with the KubeletConfiguration',
  description: 'Machines that join start from it. What belongs to this node only, its patches and its socket, is left out.',
  flags: ['config', 'cri-socket', 'dry-run', 'kubeconfig'],
  needs: apiAccess(),
  work: async () => ({ run: (await work()).uploadKubeletConfiguration }),
});

export const uploadConfig = definePhase<ClusterConfigurationContext & KubeletConfigurationContext & AdminFile, FlagName>({
  name: 'upload-config',
  aliases: ['uploadconfig'],
  summary: 'Keep the configuration of the cluster and of its kubelets in the cluster',
  phases: [kubeadm, kubelet],
});
