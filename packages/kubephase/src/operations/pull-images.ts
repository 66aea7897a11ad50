/** Brings images into the container runtime of this machine. */
import { isProblemError, type Problem } from 'phaserunner';
import type { ContainerRuntime } from '../clients/cri/port.ts';
import type { NodeRegistration } from '../config/types.ts';
import { failure } from '../problems/catalogue.ts';

/** What becomes of an image. `present`: it was there already. `left`: the policy says that nothing is pulled. */
export type PullState = 'pulling' | 'pulled' | 'present' | 'left' | 'failed';

export interface PullProgress {
  readonly image: string;
  readonly state: PullState;
  /** Images that need no more work, failed ones included. */
  readonly done: number;
  readonly total: number;
}

interface PullAttempts {
  /** Tries for each image, without a pause. Default 5. */
  readonly attempts?: number;
  /** Ends everything with its reason. */
  readonly signal?: AbortSignal;
}

export interface PullOptions extends PullAttempts {
  readonly policy: NodeRegistration['imagePullPolicy'];
  /** One image after the other; otherwise all at once. */
  readonly serial: boolean;
  /** The cluster's image for the sandbox of Pods. A runtime that is set to another one gives a warning. */
  readonly sandboxImage?: string;
  readonly onProgress?: (progress: PullProgress) => void;
  /** Gets what deserves attention but stops nothing. */
  readonly onWarning?: (text: string) => void;
}

/**
 * Brings the images for which `policy` asks, and goes on after one that cannot be had. Returns a problem for each of those, in the order
 * of `images`. A runtime that does not answer is one problem, whatever the policy and the number of images, and ends the work.
 * @throws the reason of `signal`
 */
export async function pullImages(runtime: ContainerRuntime, images: readonly string[], options: PullOptions): Promise<readonly Problem[]> {
  const unreachable = await problemOf(compareSandboxImage(runtime, options));
  if (unreachable !== undefined) return [unreachable];
  const progress = countProgress(images.length, options);
  const bring = async (image: string): Promise<Problem | undefined> => {
    const problem = await problemOf(ensureImage(runtime, image, { ...options, tell: (state) => progress(image, state) }));
    if (problem !== undefined) progress(image, 'failed');
    return problem;
  };
  const problems = options.serial ? await inTurn(images, bring) : await Promise.all(images.map(bring));
  const found = problems.filter((problem) => problem !== undefined);
  const firstSilence = found.findIndex(isSilence);
  return found.filter((problem, index) => !isSilence(problem) || index === firstSilence);
}

/**
 * Pulls one image, also when it is there already.
 * @throws ProblemError `IMAGE_PULL_FAILED` with the last cause; `CRI_UNREACHABLE` at once, because no runtime comes back without a pause
 */
export async function pullImage(runtime: ContainerRuntime, image: string, { attempts = 5, signal }: PullAttempts = {}): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runtime.pullImage(image, signal === undefined ? {} : { signal });
    } catch (error) {
      if (!isProblemError(error) || error.problem.code !== 'IMAGE_PULL_FAILED') throw error;
      if (attempt >= attempts) throw withAttempts(error.problem, attempt);
    }
  }
}

function withAttempts({ code: _code, detail, ...problem }: Problem, attempts: number): Error {
  const cause = detail ?? 'no cause was given';
  return failure('IMAGE_PULL_FAILED', {
    ...problem,
    detail: attempts === 1 ? cause : `${attempts} tries failed, the last one with: ${cause}`,
  });
}

/** Also the proof that the runtime answers: nothing is pulled where no runtime is. */
async function compareSandboxImage(runtime: ContainerRuntime, { sandboxImage, signal, onWarning }: PullOptions): Promise<void> {
  signal?.throwIfAborted();
  const used = await toleratingRefusal(runtime.sandboxImage(), onWarning);
  if (used === undefined || sandboxImage === undefined || used === sandboxImage) return;
  onWarning?.(
    `the container runtime takes ${used} for the sandbox of Pods, the cluster has ${sandboxImage}: set the latter in the configuration of the runtime`,
  );
}

interface Ensuring extends PullOptions {
  readonly tell: (state: PullState) => void;
}

async function ensureImage(runtime: ContainerRuntime, image: string, { policy, onWarning, tell, ...attempts }: Ensuring): Promise<void> {
  attempts.signal?.throwIfAborted();
  if (policy === 'Never') return tell('left');
  if (policy === 'IfNotPresent' && (await toleratingRefusal(runtime.hasImage(image), onWarning)) === true) return tell('present');
  tell('pulling');
  await pullImage(runtime, image, attempts);
  tell('pulled');
}

/** A look that the runtime refuses tells nothing, and stops nothing. */
async function toleratingRefusal<T>(look: Promise<T>, onWarning: PullOptions['onWarning']): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (!isProblemError(error) || error.problem.code !== 'CRI_REQUEST_FAILED') throw error;
    const { summary, detail } = error.problem;
    onWarning?.(detail === undefined ? summary : `${summary}: ${detail}`);
    return undefined;
  }
}

/** Nothing after a runtime that fell silent: each further image would fail for the same reason. */
async function inTurn(
  images: readonly string[],
  bring: (image: string) => Promise<Problem | undefined>,
): Promise<readonly (Problem | undefined)[]> {
  const problems: (Problem | undefined)[] = [];
  for (const image of images) {
    const problem = await bring(image);
    problems.push(problem);
    if (problem !== undefined && isSilence(problem)) break;
  }
  return problems;
}

function isSilence({ code }: Problem): boolean {
  return code === 'CRI_UNREACHABLE';
}

async function problemOf(work: Promise<void>): Promise<Problem | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (isProblemError(error)) return error.problem;
    throw error;
  }
}

function countProgress(total: number, { onProgress }: PullOptions): (image: string, state: PullState) => void {
  let done = 0;
  return (image, state) => {
    if (state !== 'pulling') done += 1;
    onProgress?.({ image, state, done, total });
  };
}
