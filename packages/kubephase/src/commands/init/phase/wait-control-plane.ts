/** Phase `wait-control-plane`: waits until kubelet and control plane are up. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

type Context = Pick<InitContext, 'config' | 'release' | 'paths' | 'host' | 'kube' | 'health'>;

export const phase = definePhase<Context, InitFlag>({
  name: 'wait-control-plane',
  summary: 'Wait until the kubelet and the control plane are healthy',
  description:
    'Asks the kubelet first, because it starts everything else, then the three components at the same time. ' +
    'Addresses and ports come from the files that they read themselves; times from timeouts in the configuration.',
  flags: ['config', 'dry-run', 'kubeconfig'],
  run: async ({ config, release, paths, host, kube, health }, task) => {
    const [kubelet, components, { waitForKubelet }, { waitForComponents }] = await Promise.all([
      import('../../../operations/health/kubelet-endpoint.ts'),
      import('../../../operations/health/component-endpoints.ts'),
      import('../../../operations/health/wait-for-kubelet.ts'),
      import('../../../operations/health/wait-for-components.ts'),
    ]);
    const { timeouts, nodeRegistration, localAPIEndpoint } = config;
    const kubeletUrl = await kubelet.readKubeletEndpoint(host.files, `${paths.kubelet}/config.yaml`, config.kubelet.document);
    const endpoints = await components.readComponentEndpoints(host.files, paths.manifests, {
      advertiseAddress: localAPIEndpoint.advertiseAddress,
      schedulerProbes: release.traits.schedulerProbes,
    });
    if (kubeletUrl === undefined) task.message('the health endpoint of the kubelet is switched off: not waiting for it');
    else await waitForKubelet(kubeletUrl, { health, deadlineMs: timeouts.kubeletHealthCheckMs, task });
    await waitForComponents(endpoints, {
      health,
      kube,
      task,
      deadlineMs: timeouts.controlPlaneComponentHealthCheckMs,
      caPem: await host.files.readText(`${paths.certificates}/ca.crt`),
      criSocket: nodeRegistration.criSocket,
    });
  },
});
