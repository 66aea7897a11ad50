/** Check `ImagePull`: brings the images of the control plane, which is also the proof that they can be had. */
import type { Task } from 'phaserunner';
import type { PullProgress, PullState } from '../operations/images/pull.ts';
import type { Check } from './check.ts';

const words: Readonly<Record<Exclude<PullState, 'left'>, string>> = {
  pulling: 'pulling',
  pulled: 'pulled',
  present: 'already there:',
  failed: 'cannot pull',
};

/** Unlike other checks it changes something: images stay, also when another one cannot be had. It takes as long as it takes. */
export function imagePull(task: Pick<Task, 'debug' | 'progress' | 'warn'>): Check {
  return {
    name: 'ImagePull',
    severity: 'error',
    about:
      'Has the container runtime pull the images of the control plane that it lacks, as nodeRegistration.imagePullPolicy and imagePullSerial say. It fails for names or registries that are wrong or out of reach: load the images beforehand, or set imageRepository.',
    timeoutMs: Infinity,
    run: async ({ config, release, cri, signal }) => {
      const [{ pullImages }, { allImages, pauseImage }] = await Promise.all([
        import('../operations/images/pull.ts'),
        import('../core/images/images.ts'),
      ]);
      const { imagePullPolicy: policy, imagePullSerial: serial } = config.nodeRegistration;
      const problems = await pullImages(cri, allImages(config.cluster, release), {
        policy,
        serial,
        sandboxImage: pauseImage(config.cluster, release),
        signal,
        onProgress: (progress) => tell(progress, { task, serial }),
        onWarning: (text) => task.warn(text),
      });
      return problems.map(({ code: _code, where: _where, ...finding }) => finding);
    },
  };
}

interface Told {
  readonly task: Pick<Task, 'debug' | 'progress'>;
  readonly serial: boolean;
}

function tell({ image, state, done, total }: PullProgress, { task, serial }: Told): void {
  if (state === 'left') return task.debug(`not pulled, as the policy says: ${image}`);
  // One after the other, the beginning of the next image tells that this one is there.
  if (state === 'pulled' && serial && done < total) return;
  task.progress({ label: `${words[state]} ${image}`, done, total });
}
