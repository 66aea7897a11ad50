/** Says in words what is to be seen of a component and of its container. */
import type { ContainerStatus } from '../../clients/cri/port.ts';
import { readLogLine } from './log-line.ts';
import type { ComponentSight } from './survey.ts';

/** Says in which state the container is, as the end of "kube-apiserver: …". */
export function describeContainer({ container, ended, image }: ComponentSight): string {
  if (container === undefined) return `its container has not been created yet${describeImage(image)}`;
  const { state, attempt } = container;
  if (state === 'exited') return `its container ${describeEnd(container)}${attempt === 0 ? '' : ` after ${restarts(attempt)}`}`;
  const before = ended === undefined || attempt === 0 ? '' : `; the one before ${describeEnd(ended)}`;
  if (state === 'created') return `its container was created, but has not started yet${before}`;
  if (state === 'unknown') return 'the container runtime does not know the state of its container';
  if (attempt === 0) return 'its container runs';
  return `its container runs after ${restarts(attempt)}${before}`;
}

function describeImage(image: ComponentSight['image']): string {
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
export function tellingLine({ ended, logs, found, container, kubeletLines }: ComponentSight): string | undefined {
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
