/** Phase `upload-config/kubeadm`: keeps the ClusterConfiguration in the cluster. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'kube'>, InitFlag>({
  name: 'kubeadm',
  summary: 'Write the ConfigMap kubeadm-config with the ClusterConfiguration',
  description: 'Machines that join, upgrades and resets read it. Other keys of the ConfigMap are kept.',
  flags: ['config', 'cri-socket', 'dry-run', 'kubeconfig'],
  run: async ({ config, kube }, task) => {
    const [objects, write, { clusterConfigurationDocument }, { printYaml }] = await Promise.all([
      import('../../../../core/cluster-objects/config-maps.ts'),
      import('../../../../operations/kube/write.ts'),
      import('../../../../config/print/documents.ts'),
      import('../../../../formats/yaml/print.ts'),
    ]);
    const window = { windowMs: config.timeouts.kubernetesAPICallMs, task };
    const yaml = printYaml(clusterConfigurationDocument(config.cluster));
    task.message(`storing the ClusterConfiguration in ConfigMap ${objects.kubeadmConfigName}, namespace kube-system`);
    await write.createOrMutate(kube, objects.kubeadmConfigMap(yaml), {
      ...window,
      mutate: (existing) => objects.withClusterConfiguration(existing, yaml),
    });
    for (const object of objects.kubeadmConfigAccess()) await write.createOrUpdate(kube, object, window);
  },
});
