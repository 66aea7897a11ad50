/** Phase `kubelet-start`: the kubelet of this node gets its files and starts. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { KubeletContext } from '../../../operations/kubelet/context.ts';

export const phase = definePhase<KubeletContext, InitFlag>({
  name: 'kubelet-start',
  summary: "Write the kubelet's files and start it",
  description: `Stops the kubelet, writes kubeadm-flags.env, instance-config.yaml (the container runtime of this node) and config.yaml into the kubelet's folder, and starts it again.

Patches of the target "kubeletconfiguration" change config.yaml on this node only. Without a service manager, or when it cannot stop or start the kubelet, the phase warns and goes on: start the kubelet by hand.`,
  example: `init phase kubelet-start --config cluster.yaml
init phase kubelet-start --cri-socket unix:///var/run/crio/crio.sock`,
  flags: ['config', 'cri-socket', 'dry-run', 'image-repository', 'node-name', 'patches'],
  check: async (context) => (await import('../../../operations/kubelet/check.ts')).checkKubeletFiles(context),
  run: async (context, task) => {
    const { stopKubelet } = await import('../../../operations/kubelet/stop.ts');
    const { writeKubeletFiles } = await import('../../../operations/kubelet/write.ts');
    const { restartKubelet } = await import('../../../operations/kubelet-finalize/restart-kubelet.ts');
    await stopKubelet(context.host.services, task);
    await writeKubeletFiles(context, task);
    await restartKubelet(context.host.services, task);
  },
});
