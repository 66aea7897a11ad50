/** Checks `CRI`, `ContainerRuntimeVersion` and `ImagePull`: the container runtime answers and brings the images. */
import { isProblemError, type Task } from 'phaserunner';
import type { PullProgress, PullState } from '../operations/pull-images.ts';
import { findingOf, type Check, type Finding } from './check.ts';

export const cri: Check = {
  name: 'CRI',
  severity: 'error',
  about:
    'Asks the container runtime at its socket for its version and whether it is ready. Every component of the cluster runs in it: start it, or name the right socket with --cri-socket. A missing Pod network does not count.',
  run: async ({ cri: runtime }) => {
    const silence = await silenceOf(runtime.version());
    if (silence !== undefined) return [{ ...silence, unavoidable: true }];
    const reason = await runtime.unreadiness();
    if (reason === undefined) return [];
    return [
      {
        summary: 'the container runtime is not ready to start containers',
        detail: reason,
        remedy: 'Look at the log of the container runtime, mend what it names, and start it again.',
      },
    ];
  },
};

export const containerRuntimeVersion: Check = {
  name: 'ContainerRuntimeVersion',
  severity: 'warning',
  about:
    'Asks whether the container runtime tells its cgroup driver (call RuntimeConfig). Older runtimes do not, and the setting that the kubelet falls back to goes away with Kubernetes 1.37: update the runtime before that.',
  run: async ({ cri: runtime }) => {
    let tells = false;
    const silence = await silenceOf(runtime.tellsCgroupDriver().then((answer) => void (tells = answer)));
    if (silence !== undefined) return [{ ...silence, severity: 'error', subjectOf: cri.name }];
    if (tells) return [];
    return [
      {
        summary: 'the container runtime is too old to tell its cgroup driver; kubelets from 1.37 on will not work with it',
        detail: 'It does not know the call RuntimeConfig of the container runtime interface (https://kep.k8s.io/4033).',
        remedy: 'Update the container runtime, containerd to 2.0 or CRI-O to 1.28 at least.',
      },
    ];
  },
};

/** What is to be told when the runtime does not answer. @throws any other problem */
async function silenceOf(request: Promise<unknown>): Promise<Finding | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (!isProblemError(error) || error.problem.code !== 'CRI_UNREACHABLE') throw error;
    return findingOf(error.problem);
  }
}

const stateWords: Readonly<Record<Exclude<PullState, 'left'>, string>> = {
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
    run: async ({ config, release, cri: runtime, signal }) => {
      const [{ pullImages }, { allImages, pauseImage }] = await Promise.all([
        import('../operations/pull-images.ts'),
        import('../core/images.ts'),
      ]);
      const { imagePullPolicy: policy, imagePullSerial: serial } = config.nodeRegistration;
      const problems = await pullImages(runtime, allImages(config.cluster, release), {
        policy,
        serial,
        sandboxImage: pauseImage(config.cluster, release),
        signal,
        onProgress: (progress) => show(progress, { task, serial }),
        onWarning: (text) => task.warn(text),
      });
      return problems.map(findingOf);
    },
  };
}

interface Showing {
  readonly task: Pick<Task, 'debug' | 'progress'>;
  readonly serial: boolean;
}

function show({ image, state, done, total }: PullProgress, { task, serial }: Showing): void {
  if (state === 'left') return task.debug(`not pulled, as the policy says: ${image}`);
  // One after the other, the beginning of the next image tells that this one is there.
  if (state === 'pulled' && serial && done < total) return;
  task.progress({ label: `${stateWords[state]} ${image}`, done, total });
}
