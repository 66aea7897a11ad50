/** The phases of `init`, in the order in which they run. */
import { defineWorkflow } from 'phaserunner';
import { initFlags, type InitFlag } from '../../flags/init.ts';
import type { InitContext } from './context.ts';
import { phase as addon } from './phase/addon/addon.ts';
import { phase as bootstrapToken } from './phase/bootstrap-token.ts';
import { phase as certs } from './phase/certs/certs.ts';
import { phase as controlPlane } from './phase/control-plane/control-plane.ts';
import { phase as etcd } from './phase/etcd/etcd.ts';
import { phase as kubeconfig } from './phase/kubeconfig/kubeconfig.ts';
import { phase as kubeletFinalize } from './phase/kubelet-finalize/kubelet-finalize.ts';
import { phase as kubeletStart } from './phase/kubelet-start.ts';
import { phase as markControlPlane } from './phase/mark-control-plane.ts';
import { phase as preflight } from './phase/preflight.ts';
import { phase as showJoinCommand } from './phase/show-join-command.ts';
import { phase as uploadCerts } from './phase/upload-certs.ts';
import { phase as uploadConfig } from './phase/upload-config/upload-config.ts';
import { phase as waitControlPlane } from './phase/wait-control-plane.ts';

export const workflow = defineWorkflow<InitContext, InitFlag>({
  name: 'init',
  summary: 'Set up a Kubernetes control plane node',
  description: 'Sets up the first control plane node of a cluster on this machine.',
  flags: initFlags,
  phases: [
    preflight,
    certs,
    kubeconfig,
    etcd,
    controlPlane,
    kubeletStart,
    waitControlPlane,
    uploadConfig,
    uploadCerts,
    markControlPlane,
    bootstrapToken,
    kubeletFinalize,
    addon,
    showJoinCommand,
  ],
});
