/** Phase `control-plane`: groups the phases for the manifests of the control plane. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { ManifestContext } from '../../../../operations/manifests/context.ts';
import { phase as apiserver } from './apiserver.ts';
import { phase as controllerManager } from './controller-manager.ts';
import { phase as scheduler } from './scheduler.ts';

export const phase = definePhase<ManifestContext, InitFlag>({
  name: 'control-plane',
  summary: 'Write the static Pod manifests of the control plane',
  description: `Writes a manifest for each component into the manifests folder, where the kubelet finds them. Existing manifests are replaced.

Patches of the targets "kube-apiserver", "kube-controller-manager" and "kube-scheduler" change a manifest before it is written.`,
  example: `init phase control-plane all --config cluster.yaml
init phase control-plane apiserver --patches /root/patches`,
  run: (context, task) => task.message(`manifests folder: ${context.paths.manifests}`),
  phases: [apiserver, controllerManager, scheduler],
});
