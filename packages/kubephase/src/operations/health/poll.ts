/** Asks a health endpoint, once or until it is well or the time for it is over. */
import type { Clock, Task } from 'phaserunner';
import { formatDuration } from 'phaserunner/render';
import type { HealthProbes } from '../../clients/health/port.ts';
import type { KubeApi } from '../../clients/kube/port.ts';
import { waitFor } from '../wait.ts';
import { problemsOf } from '../../problems/catalogue.ts';

/** Whom to ask and how. */
interface Question {
  readonly component: string;
  readonly url: string;
  /** PEM; without it the server's certificate is not verified. */
  readonly caPem?: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What keeps a component from being healthy. `status` is set when it answered. */
export interface Fault {
  readonly text: string;
  readonly status?: number;
}

/** Asks once. Undefined: the component is healthy. */
export async function findFault(health: HealthProbes, { caPem, ...question }: Question): Promise<Fault | undefined> {
  try {
    const status = await health.status({ ...question, ...(caPem === undefined ? {} : { caPem }) });
    return status === 200 ? undefined : { text: `it answers with status ${status}`, status };
  } catch (error) {
    const [{ summary, detail }] = problemsOf(error, 'HEALTH_UNREACHABLE');
    return { text: `it does not answer (${detail ?? summary})` };
  }
}

/**
 * Returns how to ask an API server. It may refuse to tell strangers how it is, and does so in any case until it has made the roles that
 * allow it: from then on it is asked with credentials.
 */
export function createApiServerProbe(health: HealthProbes, kube: KubeApi): (question: Question) => Promise<Fault | undefined> {
  let refusal: number | undefined;
  return async (question) => {
    if (refusal === undefined) {
      const fault = await findFault(health, question);
      if (fault?.status !== 401 && fault?.status !== 403) return fault;
      refusal = fault.status;
    }
    try {
      const parts = await kube.unhealthyParts();
      return parts.length === 0 ? undefined : { text: `it is not well yet: ${parts.join(', ')}`, status: 500 };
    } catch (error) {
      const [{ summary, detail }] = problemsOf(error, 'KUBE_REQUEST_FAILED');
      const fault = { text: `it refuses: ${detail === undefined ? summary : `${summary} (${detail})`}`, status: refusal };
      // It may have been started again meanwhile, and answer strangers by now.
      refusal = undefined;
      return fault;
    }
  };
}

/** Somebody whose health is waited for. */
export interface Subject {
  /** `kubelet` or the name of a component. */
  readonly component: string;
  readonly url: string;
  readonly deadlineMs: number;
  /** Asks once. Undefined: it is well. */
  readonly probe: (timeoutMs: number) => Promise<Fault | undefined>;
  /** Milliseconds that do not count for the deadline, because another one has to come first. */
  readonly notCountedMs?: () => number;
}

interface Polling {
  readonly task: Pick<Task, 'message'>;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Keeps the last fault of everybody who is not well yet. */
  readonly faults: Map<string, Fault>;
}

/** Short ones at first: where everything is fast, half a second is a tenth of the whole wait. */
const pace = { firstIntervalMs: 100, intervalMs: 300, spread: 0.1 };

/** How long one request may take. */
const requestTimeoutMs = 10_000;
const leastTimeoutMs = 1000;

const timeIsUp = new Error('the time for the health of a component is over');

/** Returns whether it became well in time. */
export async function poll(subject: Subject, { task, signal, clock, faults }: Polling): Promise<boolean> {
  const { component, deadlineMs, probe, notCountedMs } = subject;
  try {
    const waitedMs = await waitFor({
      name: `${component} to become healthy`,
      deadlineMs,
      ...(notCountedMs === undefined ? {} : { notCountedMs }),
      ...pace,
      // Whoever answers that it is not well has nearly come up.
      isNear: () => faults.get(component)?.status !== undefined,
      probe: async (remainingMs) => {
        const fault = await probe(Math.min(requestTimeoutMs, Math.max(leastTimeoutMs, remainingMs)));
        if (fault === undefined) faults.delete(component);
        else faults.set(component, fault);
        return fault?.text;
      },
      timedOut: () => timeIsUp,
      signal,
      clock,
    });
    const name = component === 'kubelet' ? 'the kubelet' : component;
    const elapsed = formatDuration(waitedMs);
    task.message(`${name} is healthy${elapsed === '0.0s' ? '' : ` after ${elapsed}`}`);
    return true;
  } catch (error) {
    if (error === timeIsUp) return false;
    throw error;
  }
}
