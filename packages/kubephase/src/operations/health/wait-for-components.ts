/** Waits until the components of the control plane are healthy. */
import { ProblemError, isProblemError, type Problem } from 'phaserunner';
import type { KubeApi } from '../../clients/kube/port.ts';
import { formatDuration } from '../../formats/duration/duration.ts';
import { formatElapsed, waitFor, type Waiting } from '../wait/wait.ts';
import type { ComponentEndpoint } from './component-endpoints.ts';
import { componentUnhealthy } from './diagnosis.ts';
import { findFault, type Fault } from './fault.ts';
import { askEveryMs, type HealthWait } from './wait-for-kubelet.ts';

export interface ComponentWait extends HealthWait {
  readonly kube: KubeApi;
  /** PEM of the CA that signed the API server's certificate. The other two sign theirs themselves. */
  readonly caPem: string | undefined;
  /** URL of the container runtime, for the advice. */
  readonly criSocket: string;
}

/**
 * Asks all endpoints at the same time, each until it answers with 200.
 * @throws ProblemError `CONTROL_PLANE_UNHEALTHY`, one problem for each component that does not
 */
export async function waitForComponents(endpoints: readonly ComponentEndpoint[], wait: ComponentWait): Promise<void> {
  const { task, deadlineMs } = wait;
  task.message(`waiting up to ${formatDuration(deadlineMs)} for ${endpoints.map(({ component }) => component).join(', ')}`);
  const results = await Promise.allSettled(endpoints.map((endpoint) => waitForComponent(endpoint, wait)));
  task.signal.throwIfAborted();
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  const unexpected = reasons.find((reason) => !isProblemError(reason));
  if (unexpected !== undefined) throw unexpected;
  const problems: readonly Problem[] = reasons.filter((reason) => isProblemError(reason)).flatMap((reason) => reason.problems);
  if (problems.length > 0) throw new ProblemError(problems);
}

async function waitForComponent(endpoint: ComponentEndpoint, wait: ComponentWait): Promise<void> {
  const { component, url } = endpoint;
  const { task, deadlineMs, clock } = wait;
  let fault: Fault | undefined;
  const still = (waiting: Waiting): void => {
    task.message(`still waiting for ${component} at ${url} after ${formatElapsed(waiting.elapsedMs)}: ${waiting.missing}`);
  };
  const waitedMs = await waitFor({
    name: `${component} to become healthy`,
    deadlineMs,
    intervalMs: askEveryMs,
    probe: async () => {
      fault = await faultOf(endpoint, wait);
      return fault?.text;
    },
    onWaiting: still,
    timedOut: ({ missing }) => {
      const failure = { component, url, deadlineMs, fault: fault ?? { text: missing } };
      return new ProblemError(componentUnhealthy(failure, wait.criSocket));
    },
    signal: task.signal,
    ...(clock === undefined ? {} : { clock }),
  });
  task.message(`${component} is healthy after ${formatElapsed(waitedMs)}`);
}

async function faultOf({ component, url }: ComponentEndpoint, { health, kube, caPem, task }: ComponentWait): Promise<Fault | undefined> {
  const isApiServer = component === 'kube-apiserver';
  const fault = await findFault(health, { component, url, signal: task.signal, caPem: isApiServer ? caPem : undefined });
  return isApiServer && isRefusal(fault) ? refusalFault(kube) : fault;
}

/** An API server that does not answer to strangers is alive; whether it works shows a request with credentials. */
function isRefusal(fault: Fault | undefined): boolean {
  return fault?.status === 401 || fault?.status === 403;
}

async function refusalFault(kube: KubeApi): Promise<Fault | undefined> {
  await kube.get({ apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' });
  return undefined;
}
