/** Phase `upload-config`: keeps the configuration in the cluster. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';
import { phase as kubeadm } from './kubeadm.ts';
import { phase as kubelet } from './kubelet.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'release' | 'kube'>, InitFlag>({
  name: 'upload-config',
  aliases: ['uploadconfig'],
  summary: 'Keep the configuration of the cluster and of its kubelets in the cluster',
  phases: [kubeadm, kubelet],
});
