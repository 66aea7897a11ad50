/** Phase `upload-config/kubelet`: keeps the KubeletConfiguration in the cluster. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'release' | 'kube'>, InitFlag>({
  name: 'kubelet',
  summary: 'Write the ConfigMap kubelet-config with the KubeletConfiguration',
  description: 'Machines that join start from it. What belongs to this node only, its patches and its socket, is left out.',
  flags: ['config', 'cri-socket', 'dry-run', 'kubeconfig'],
  run: async ({ config, release, kube }, task) => {
    const [objects, { createOrUpdate }, { printYaml }] = await Promise.all([
      import('../../../../core/cluster-objects/config-maps.ts'),
      import('../../../../operations/kube/write.ts'),
      import('../../../../formats/yaml/print.ts'),
    ]);
    const window = { windowMs: config.timeouts.kubernetesAPICallMs, task };
    const name = objects.kubeletConfigName(release);
    const { document, userSupplied } = config.kubelet;
    task.message(`storing the KubeletConfiguration in ConfigMap ${name}, namespace kube-system`);
    const map = objects.kubeletConfigMap(name, { yaml: printYaml(document), userSupplied });
    for (const object of [map, ...objects.kubeletConfigAccess(name)]) await createOrUpdate(kube, object, window);
  },
});
