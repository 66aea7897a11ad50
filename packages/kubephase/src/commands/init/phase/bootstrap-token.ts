/** Phase `bootstrap-token`: lets machines join with a token. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

type Context = Pick<InitContext, 'config' | 'release' | 'paths' | 'options' | 'host' | 'kube' | 'report'>;

export const phase = definePhase<Context, InitFlag>({
  name: 'bootstrap-token',
  aliases: ['bootstraptoken'],
  summary: 'Write the bootstrap tokens and give joining nodes the rights that they need',
  description:
    'Writes one Secret for each token, the rights of joining nodes, and the ConfigMap cluster-info, from which they learn the cluster. ' +
    'Without a token in the configuration a random one is made.',
  flags: ['config', 'dry-run', 'kubeconfig', 'skip-token-print'],
  run: async (ctx, task) => {
    const [{ putToken }, { createOrUpdate }, { readClusterEntry }, { nodeBootstrapGrants }, info] = await Promise.all([
      import('../../../operations/tokens/write.ts'),
      import('../../../operations/kube/write.ts'),
      import('../../../operations/cluster-entry/read.ts'),
      import('../../../core/cluster-objects/rbac.ts'),
      import('../../../core/cluster-objects/config-maps.ts'),
    ]);
    const { config, release, host, kube } = ctx;
    const window = { windowMs: config.timeouts.kubernetesAPICallMs, task };
    // Read first: without it a token would be of no use.
    const cluster = await readClusterEntry(host.files, ctx.paths.adminKubeconfig, 'current-context');
    reportTokens(ctx);
    for (const token of config.bootstrapTokens) {
      task.message(`storing the bootstrap token with id ${token.token.slice(0, 6)}`);
      await putToken(kube, token, { ...window, nowMs: host.now() });
    }
    for (const { allows, objects } of nodeBootstrapGrants(release.traits)) {
      task.message(`allowing ${allows}`);
      for (const object of objects) await createOrUpdate(kube, object, window);
    }
    task.message('storing address and CA of the cluster in ConfigMap cluster-info, namespace kube-public');
    const map = info.clusterInfoMap({ cluster, preferences: release.traits.kubeconfigPreferences });
    for (const object of [map, ...info.clusterInfoAccess()]) await createOrUpdate(kube, object, window);
  },
});

function reportTokens({ config, options, report }: Pick<Context, 'config' | 'options' | 'report'>): void {
  if (options.skipTokenPrint) return;
  const tokens = config.bootstrapTokens.map(({ token }) => token);
  report.set('bootstrapTokens', tokens);
  if (tokens.length > 0) report.print(`Bootstrap ${tokens.length === 1 ? 'token' : 'tokens'}: ${tokens.join(', ')}\n`);
}
