/** Phase `preflight`: looks for what would make the run fail, and brings the images that it needs. */
import { definePhase } from 'phaserunner';
import type { InitFlag } from '../../../flags/init.ts';
import type { InitContext } from '../context.ts';

export const phase = definePhase<Pick<InitContext, 'config' | 'cri' | 'host' | 'options' | 'paths' | 'release'>, InitFlag>({
  name: 'preflight',
  summary: 'Check whether this machine can become a control plane node',
  description: [
    'Runs the checks at the same time and reports all their errors together; users without the rights of root get one error only.',
    'Then the container runtime pulls the images that the node needs.',
    'What an earlier run left behind that had the same configuration, or did not come to its end, is no error: this run goes on with it.',
  ].join('\n'),
  flags: ['config', 'cri-socket', 'dry-run', 'ignore-preflight-errors', 'image-repository'],
  // Scripts written for kubeadm may name checks that we do not know: under its name `run` warns instead.
  check: async ({ config, options }) => {
    if (options.program === 'kubeadm') return [];
    const { unknownIgnoredChecks } = await import('../../../preflight/check-names.ts');
    return unknownIgnoredChecks(config.nodeRegistration.ignorePreflightErrors);
  },
  run: async (ctx, task) => {
    const [
      { runChecks },
      { isPrivilegedUser },
      { initChecks },
      { withoutLeftovers },
      { imagePull },
      { unknownIgnoredChecks },
      { allImages },
    ] = await Promise.all([
      import('../../../preflight/run.ts'),
      import('../../../preflight/machine.ts'),
      import('../../../preflight/init-checks.ts'),
      import('../../../preflight/leftovers.ts'),
      import('../../../preflight/container-runtime.ts'),
      import('../../../preflight/check-names.ts'),
      import('../../../core/images.ts'),
    ]);
    const { config, cri, host, options, paths, release } = ctx;
    const { ignorePreflightErrors: ignore, imagePullPolicy } = config.nodeRegistration;
    for (const { summary, remedy } of unknownIgnoredChecks(ignore)) task.warn(`${summary}. ${remedy}`);
    const running = { context: { config, cri, host, paths, release, signal: task.signal }, ignore, task };
    await runChecks([isPrivilegedUser], running);
    await runChecks(withoutLeftovers(initChecks(ctx)), running);
    task.message(`images that this node needs (pull policy ${imagePullPolicy}): ${allImages(config.cluster, release).join(', ')}`);
    task.message(
      `pulling those that are missing may take minutes; "${options.program ?? 'kubephase'} config images pull" does it beforehand`,
    );
    await runChecks([imagePull(task)], running);
  },
});
