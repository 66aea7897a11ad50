/** Phase `mark-control-plane`: makes this machine's Node known as part of the control plane. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'release' | 'kube'>, InitFlag>({
  name: 'mark-control-plane',
  summary: 'Label and taint the Node of this machine as part of the control plane',
  description: 'Labels and taints that the Node has already are kept.',
  flags: ['config', 'dry-run', 'kubeconfig', 'node-name'],
  run: async ({ config, release, kube }, task) => {
    const [{ formatTaint, markNode }, { patchNode }] = await Promise.all([
      import('../../../core/cluster-objects/node-mark.ts'),
      import('../../../operations/kube/write.ts'),
    ]);
    const { name, taints } = config.nodeRegistration;
    const labels = release.traits.controlPlaneLabels;
    const window = { windowMs: config.timeouts.kubernetesAPICallMs, task };
    task.message(`labelling Node ${name}: ${labels.join(', ')}`);
    if (taints.length > 0) task.message(`tainting Node ${name}: ${taints.map((taint) => formatTaint(taint)).join(', ')}`);
    await patchNode(kube, name, { ...window, mutate: (node) => markNode(node, { labels, taints }) });
  },
});
