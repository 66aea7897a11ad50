/** What the phase `preflight` of `init` does: the checks, then the images. */
import type { Task, Work } from 'phaserunner';
import { allImages } from '../core/images.ts';
import { unknownIgnoredChecks } from './check-names.ts';
import type { ControlPlaneCheckContext } from './check.ts';
import { openChecks } from './open.ts';
import { imagePull } from './container-runtime.ts';
import { initChecks } from './init-checks.ts';
import { withoutLeftovers } from './leftovers.ts';
import { isPrivilegedUser } from './machine.ts';
import { runChecks } from './run.ts';

export interface InitPreflightContext extends Omit<ControlPlaneCheckContext, 'signal' | 'installedKubelet'> {
  /** Name under which the program runs. */
  readonly program: string;
}

export const initPreflight: Work<InitPreflightContext> = {
  // Scripts written for kubeadm may name checks that we do not know: under its name `run` warns instead.
  check: ({ config, program }) => (program === 'kubeadm' ? [] : unknownIgnoredChecks(config.nodeRegistration.ignorePreflightErrors)),
  run: async (context, task: Task) => {
    const { config, release, program } = context;
    const { ignorePreflightErrors: ignore, imagePullPolicy } = config.nodeRegistration;
    for (const { summary, remedy } of unknownIgnoredChecks(ignore)) task.warn(`${summary}. ${remedy}`);
    const running = { context: openChecks(context, task.signal), ignore, task };
    await runChecks([isPrivilegedUser], running);
    await runChecks(withoutLeftovers(initChecks(context)), running);
    task.message(`images that this node needs (pull policy ${imagePullPolicy}): ${allImages(config.cluster, release).join(', ')}`);
    task.narrate(`pulling those that are missing may take minutes; "${program} config images pull" does it beforehand`);
    await runChecks([imagePull(task)], running);
  },
};
