/** Phase `wait-control-plane`: waits until kubelet and control plane are up. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

type Context = Pick<InitContext, 'config' | 'release' | 'paths' | 'host' | 'kube' | 'health' | 'cri'>;

export const phase = definePhase<Context, InitFlag>({
  name: 'wait-control-plane',
  summary: 'Wait until the kubelet and the control plane are healthy',
  description:
    'Asks the kubelet and the three components at the same time; the time for the components begins when the kubelet is healthy. ' +
    'Addresses and ports come from the files that they read themselves; times from timeouts in the configuration. ' +
    'While it waits it tells what is missing. It ends early when what it waits for cannot happen, and explains why.',
  flags: ['config', 'dry-run', 'kubeconfig'],
  run: async ({ config, release, paths, host, kube, health, cri }, task) => {
    const [{ readComponentEndpoints, readKubeletEndpoint }, { waitUntilHealthy }] = await Promise.all([
      import('../../../operations/health/endpoints.ts'),
      import('../../../operations/health/wait-until-healthy.ts'),
    ]);
    const { timeouts, nodeRegistration, localAPIEndpoint } = config;
    const url = await readKubeletEndpoint(host.files, `${paths.kubelet}/config.yaml`, config.kubelet.document);
    if (url === undefined) task.message('the health endpoint of the kubelet is switched off: not waiting for it');
    await waitUntilHealthy({
      kubelet: url === undefined ? undefined : { url, deadlineMs: timeouts.kubeletHealthCheckMs },
      components: {
        endpoints: await readComponentEndpoints(host.files, paths.manifests, {
          advertiseAddress: localAPIEndpoint.advertiseAddress,
          schedulerProbes: release.traits.schedulerProbes,
        }),
        deadlineMs: timeouts.controlPlaneComponentHealthCheckMs,
        caPem: await host.files.readText(`${paths.certificates}/ca.crt`),
      },
      health,
      kube,
      cri,
      host,
      manifests: paths.manifests,
      criSocket: nodeRegistration.criSocket,
      task,
    });
  },
});
