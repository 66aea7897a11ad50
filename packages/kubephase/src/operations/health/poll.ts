/** Asks a health endpoint, once or until it is well or the time for it is over. */
import type { Clock, Task } from 'phaserunner';
import { formatDuration } from 'phaserunner/render';
import type { HealthProbes } from '../../clients/health/port.ts';
import { mayPass, type KubeApi } from '../../clients/kube/port.ts';
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
  /** The answer stays the same as long as the same server gives it: it is of another cluster, or takes us for a stranger. */
  readonly certain?: true;
}

/** Asks once. Undefined: the component is healthy. */
export async function findFault(health: HealthProbes, { caPem, ...question }: Question): Promise<Fault | undefined> {
  try {
    const status = await health.status({ ...question, ...(caPem === undefined ? {} : { caPem }) });
    return status === 200 ? undefined : { text: `it answers with status ${status}`, status };
  } catch (error) {
    const [{ code, summary, detail }] = problemsOf(error, 'HEALTH_UNREACHABLE');
    if (code === 'HEALTH_UNTRUSTED') return { text: `${summary} (${detail ?? code})`, certain: true };
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
      const [problem] = problemsOf(error, 'KUBE_REQUEST_FAILED');
      const { summary, detail } = problem;
      const text = `it refuses: ${detail === undefined ? summary : `${summary} (${detail})`}`;
      const fault = { text, status: refusal, ...(mayPass(problem) ? {} : { certain: true as const }) };
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
  readonly task: Pick<Task, 'narrate'>;
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

/** How long the same certain answer is heard: a server of an earlier run is only replaced when the kubelet has seen the new manifest. */
const patienceMs = 30_000;

/** Somebody whose answer stays as it is. */
export class HopelessSubject extends Error {
  readonly subject: Subject;

  constructor(subject: Subject) {
    super(`${subject.component} keeps giving the same answer`);
    this.subject = subject;
  }
}

const timeIsUp = new Error('the time for the health of a component is over');

/** Returns whether it became well in time. @throws HopelessSubject as soon as waiting does not help */
export async function poll(subject: Subject, { task, signal, clock, faults }: Polling): Promise<boolean> {
  const { component, deadlineMs, probe, notCountedMs } = subject;
  let certainSinceMs: number | undefined;
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
        certainSinceMs = fault?.certain === true ? (certainSinceMs ?? clock.now()) : undefined;
        if (certainSinceMs !== undefined && clock.now() - certainSinceMs >= patienceMs) throw new HopelessSubject(subject);
        return fault?.text;
      },
      timedOut: () => timeIsUp,
      signal,
      clock,
    });
    const name = component === 'kubelet' ? 'the kubelet' : component;
    const elapsed = formatDuration(waitedMs);
    task.narrate(`${name} is healthy${elapsed === '0.0s' ? '' : ` after ${elapsed}`}`);
    return true;
  } catch (error) {
    if (error === timeIsUp) return false;
    throw error;
  }
}
