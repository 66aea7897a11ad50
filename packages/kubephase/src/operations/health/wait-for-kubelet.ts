/** Waits until the kubelet of this machine is healthy. */
import { ProblemError, type Clock, type Task } from 'phaserunner';
import type { HealthProbes } from '../../clients/health/port.ts';
import { formatDuration } from '../../formats/duration/duration.ts';
import { formatElapsed, waitFor } from '../wait/wait.ts';
import { kubeletUnhealthy } from './diagnosis.ts';
import { findFault, type Fault } from './fault.ts';

/** How often a component is asked. */
export const askEveryMs = 500;

/** Who is asked, for how long, and who is told. */
export interface HealthWait {
  readonly health: HealthProbes;
  readonly deadlineMs: number;
  readonly task: Pick<Task, 'message' | 'signal'>;
  readonly clock?: Clock | undefined;
}

/**
 * Asks `url` until it answers with 200.
 * @throws ProblemError `KUBELET_UNHEALTHY`
 */
export async function waitForKubelet(url: string, { health, deadlineMs, task, clock }: HealthWait): Promise<void> {
  const component = 'kubelet';
  let fault: Fault | undefined;
  task.message(`waiting up to ${formatDuration(deadlineMs)} for the kubelet at ${url}`);
  const waitedMs = await waitFor({
    name: 'the kubelet to become healthy',
    deadlineMs,
    intervalMs: askEveryMs,
    probe: async () => {
      fault = await findFault(health, { component, url, signal: task.signal });
      return fault?.text;
    },
    onWaiting: ({ elapsedMs, missing }) => task.message(`still waiting for the kubelet after ${formatElapsed(elapsedMs)}: ${missing}`),
    timedOut: ({ missing }) => new ProblemError(kubeletUnhealthy({ component, url, deadlineMs, fault: fault ?? { text: missing } })),
    signal: task.signal,
    ...(clock === undefined ? {} : { clock }),
  });
  task.message(`the kubelet is healthy after ${formatElapsed(waitedMs)}`);
}
