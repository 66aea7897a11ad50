/** Phase `addon/coredns`: installs the DNS server of the cluster. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../../flags/init.ts';
import type { InitContext } from '../../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'release' | 'options' | 'host' | 'kube' | 'report'>, InitFlag>({
  name: 'coredns',
  summary: 'Install CoreDNS, or bring it up to date',
  description:
    'A Corefile that users changed is kept, and so is the number of replicas. ' +
    'With --print-manifest the objects are printed instead, and the cluster is not contacted.',
  flags: [
    'config',
    'dry-run',
    'feature-gates',
    'image-repository',
    'kubeconfig',
    'kubernetes-version',
    'print-manifest',
    'service-cidr',
    'service-dns-domain',
  ],
  check: async (ctx) => {
    if (ctx.config.patchesDirectory === undefined) return [];
    const { deploymentPatchProblems } = await import('../../../../operations/addons/patched-deployment.ts');
    return deploymentPatchProblems(ctx, ctx.host.files);
  },
  run: async (ctx, task) => {
    const [{ corednsManifests, installCoreDns }, { patchDeployment }, { printManifests }] = await Promise.all([
      import('../../../../operations/addons/coredns.ts'),
      import('../../../../operations/addons/patched-deployment.ts'),
      import('../../../../operations/addons/print.ts'),
    ]);
    const { config, host, kube } = ctx;
    const patches = { files: host.files, directory: config.patchesDirectory, task };
    const patch: Parameters<typeof corednsManifests>[1] = async (deployment) => patchDeployment(deployment, patches);
    if (ctx.options.printManifest) return ctx.report.print(printManifests(await corednsManifests(ctx, patch)));
    const window = { windowMs: config.timeouts.kubernetesAPICallMs, task };
    await installCoreDns(ctx, { kube, window, patch, task });
    task.message('applied the add-on CoreDNS');
  },
});
