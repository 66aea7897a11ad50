/** What is known of components that do not come up, and how that is said in words. */
import type { Problem } from 'phaserunner';
import type { ContainerStatus } from '../../clients/cri/port.ts';
import type { Recognised } from './cause.ts';
import { readLogLine } from './log-line.ts';
import type { KubeletLines, LogTail } from './logs.ts';

/** One component, as its container, its logs and the log of the kubelet show it. */
export interface ComponentState {
  readonly component: string;
  /** The newest one; undefined when there is none. */
  readonly container: ContainerStatus | undefined;
  /** The newest one that ended; it may be the same. */
  readonly ended: ContainerStatus | undefined;
  /** Only without a container. `present` is undefined when the runtime did not tell. */
  readonly image?: { readonly name: string; readonly present: boolean | undefined };
  /** Of the container that ended last and of the one that runs. */
  readonly logs: readonly { readonly container: ContainerStatus; readonly tail: LogTail }[];
  /** The last errors of the kubelet about a container that it has not started, oldest first; without what it could not tell the API server. */
  readonly kubeletLines: readonly string[];
  readonly found: Recognised | undefined;
  /** The final cause that made the container end, or that keeps it from being created. */
  readonly finalCause: Recognised | undefined;
}

/** All that was found at one look. */
export interface Survey {
  readonly components: readonly ComponentState[];
  /** Why the container runtime could not be asked; then there is nothing to see of the components. */
  readonly runtimeFault: Problem | undefined;
  readonly kubelet: KubeletState;
}

/** What the kubelet says of itself. */
export interface KubeletState extends Pick<KubeletLines, 'errors' | 'found'> {
  readonly cause: Recognised | undefined;
  /** Why the kubelet that runs now starts no container any more. */
  readonly paralysis: Recognised | undefined;
}

/** Says in which state the container is, as the end of "kube-apiserver: …". */
export function describeContainer({ container, ended, image }: ComponentState): string {
  if (container === undefined) return `its container has not been created yet${describeImage(image)}`;
  const { state, attempt } = container;
  if (state === 'exited') return `its container ${describeEnd(container)}${attempt === 0 ? '' : ` after ${restarts(attempt)}`}`;
  const before = ended === undefined || attempt === 0 ? '' : `; the one before ${describeEnd(ended)}`;
  if (state === 'created') return `its container was created, but has not started yet${before}`;
  if (state === 'unknown') return 'the container runtime does not know the state of its container';
  if (attempt === 0) return 'its container runs';
  return `its container runs after ${restarts(attempt)}${before}`;
}

function describeImage(image: ComponentState['image']): string {
  if (image?.present === undefined) return '';
  return image.present ? ' (its image is there)' : ` (its image ${image.name} is not there)`;
}

/** `Error` is the word for every exit code but 0: it says nothing. */
function describeEnd({ exitCode = 0, reason }: ContainerStatus): string {
  return `ended with exit code ${exitCode}${reason === undefined || reason === 'Error' ? '' : ` (${reason})`}`;
}

function restarts(count: number): string {
  return count === 1 ? '1 restart' : `${count} restarts`;
}

/** The line that tells most: one that was recognised, else the last one of a log or of the kubelet, else what the runtime says of the end. */
export function tellingLine({ ended, logs, found, container, kubeletLines }: ComponentState): string | undefined {
  if (found !== undefined) return found.line;
  const word = kubeletLines.at(-1);
  if (word !== undefined) return readLogLine(word).text;
  if (container?.state === 'running' && container.attempt === 0) return undefined;
  const last = logs.flatMap(({ tail }) => ('lines' in tail ? tail.lines : [])).at(-1);
  return last === undefined ? ended?.message : readLogLine(last).text;
}

/** Returns `line` with at most `length` characters. */
export function shorten(line: string, length: number): string {
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
