/** Phase `preflight`: looks for what would make the run fail. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'host' | 'paths' | 'release'>, InitFlag>({
  name: 'preflight',
  summary: 'Check whether this machine can become a control plane node',
  description:
    'Runs the checks at the same time and reports all their errors together. Users without the rights of root get one error only.',
  flags: ['config', 'cri-socket', 'dry-run', 'ignore-preflight-errors', 'image-repository'],
  run: async (ctx, task) => {
    const [{ runChecks }, { isPrivilegedUser }, { initChecks }, { allImages }] = await Promise.all([
      import('../../../preflight/run.ts'),
      import('../../../preflight/is-privileged-user.ts'),
      import('../../../preflight/init-checks.ts'),
      import('../../../core/images/images.ts'),
    ]);
    const { config, host, paths, release } = ctx;
    const { ignorePreflightErrors: ignore, imagePullPolicy } = config.nodeRegistration;
    const options = { context: { config, host }, ignore, task };
    await runChecks([isPrivilegedUser], options);
    await runChecks(initChecks(config, paths.manifests), options);
    task.message(`images that this node needs (pull policy ${imagePullPolicy}): ${allImages(config.cluster, release).join(', ')}`);
  },
});
