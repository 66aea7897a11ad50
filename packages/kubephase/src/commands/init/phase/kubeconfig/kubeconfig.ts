/** Phase `kubeconfig`: groups the phases for kubeconfig files. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { KubeconfigContext } from '../../../../operations/kubeconfig/ensure.ts';
import { phase as admin } from './admin.ts';
import { phase as controllerManager } from './controller-manager.ts';
import { phase as kubelet } from './kubelet.ts';
import { phase as scheduler } from './scheduler.ts';
import { phase as superAdmin } from './super-admin.ts';

export const phase = definePhase<KubeconfigContext, InitFlag>({
  name: 'kubeconfig',
  summary: 'Make the kubeconfig files of the control plane and its administrators',
  description: `Makes what is missing and keeps what is there. An existing file has to trust the certificate authority of the cluster; when it names another server, a warning says so.

With an external certificate authority the files have to be there.`,
  example: `init phase kubeconfig --config cluster.yaml
init phase kubeconfig admin --kubeconfig-dir /root/kubeconfigs`,
  run: (context, task) => task.message(`folder of the kubeconfig files: ${context.paths.kubeconfigs}`),
  phases: [admin, superAdmin, kubelet, controllerManager, scheduler],
});
