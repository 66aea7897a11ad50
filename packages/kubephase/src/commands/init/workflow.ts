/** `init`: its phases in the order in which they run, and its command in words. */
import { defineWorkflow } from 'phaserunner';
import { flags } from '../../flags/flags.ts';
import { initMainFlags, initOffers, initPhaseFlags } from '../../flags/init.ts';
import type { InitConfig } from '../../config/types.ts';
import { addon } from '../../phases/addon.ts';
import { certs } from '../../phases/certs.ts';
import { controlPlane, markControlPlane, waitControlPlane } from '../../phases/control-plane.ts';
import { kubeconfig } from '../../phases/kubeconfig.ts';
import { uploadConfig } from '../../phases/upload-config.ts';
import type { RunCommand } from '../../run/bind.ts';
import type { InitContext } from './context.ts';
import { bootstrapToken, etcd, kubeletFinalize, kubeletStart, preflight, showJoinCommand, uploadCerts } from './phases.ts';

export const workflow = defineWorkflow<InitContext, typeof flags>({
  name: 'init',
  summary: 'Set up a Kubernetes control plane node',
  description: 'Sets up the first control plane node of a cluster on this machine.',
  flags,
  offers: initOffers,
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

export const command: RunCommand<InitContext, InitConfig> = {
  workflow,
  mainFlags: initMainFlags,
  phaseFlags: initPhaseFlags,
  examples: [
    'init --config cluster.yaml',
    'init --config cluster.yaml --dry-run',
    'init --config cluster.yaml --skip-phases addon/kube-proxy',
    'init --config cluster.yaml --from wait-control-plane',
    'init phase certs apiserver --config cluster.yaml',
    'init phase --only certs/ca,kubeconfig --config cluster.yaml',
  ],
  work: async () => (await import('./open.ts')).work,
};
