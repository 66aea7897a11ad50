/** Phase `addon/kube-proxy`: installs the network proxy of the cluster. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'release' | 'options' | 'host' | 'kube' | 'report'>, InitFlag>({
  name: 'kube-proxy',
  summary: 'Install kube-proxy on every node',
  description: 'With --print-manifest the objects are printed instead, and the cluster is not contacted.',
  flags: [
    'apiserver-advertise-address',
    'apiserver-bind-port',
    'config',
    'control-plane-endpoint',
    'dry-run',
    'image-repository',
    'kubeconfig',
    'kubernetes-version',
    'pod-network-cidr',
    'print-manifest',
  ],
  run: async (ctx, task) => {
    const [{ installKubeProxy, kubeProxyManifests }, { printManifests }] = await Promise.all([
      import('../../../../operations/addons/kube-proxy.ts'),
      import('../../../../operations/addons/print.ts'),
    ]);
    if (ctx.options.printManifest) return ctx.report.print(printManifests(kubeProxyManifests(ctx)));
    const window = { windowMs: ctx.config.timeouts.kubernetesAPICallMs, task };
    await installKubeProxy(ctx, { kube: ctx.kube, environment: ctx.host.environment, window });
    task.message('applied the add-on kube-proxy');
  },
});
