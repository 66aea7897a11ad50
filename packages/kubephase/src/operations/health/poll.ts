/** Asks one health endpoint until it is well or the time for it is over. */
import type { Clock, Task } from 'phaserunner';
import { formatElapsed, waitFor } from '../wait/wait.ts';
import type { Fault } from './fault.ts';

/** Somebody whose health is waited for. */
export interface Subject {
  /** `kubelet` or the name of a component. */
  readonly component: string;
  readonly url: string;
  readonly deadlineMs: number;
  /** Asks once. Undefined: it is well. */
  readonly look: (timeoutMs: number) => Promise<Fault | undefined>;
  /** Milliseconds that do not count for the deadline, because another one has to come first. */
  readonly notCountedMs?: () => number;
}

export interface Polling {
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
  const { component, deadlineMs, look, notCountedMs } = subject;
  try {
    const waitedMs = await waitFor({
      name: `${component} to become healthy`,
      deadlineMs,
      ...(notCountedMs === undefined ? {} : { notCountedMs }),
      ...pace,
      // Whoever answers that it is not well has nearly come up.
      isNear: () => faults.get(component)?.status !== undefined,
      probe: async (remainingMs) => {
        const fault = await look(Math.min(requestTimeoutMs, Math.max(leastTimeoutMs, remainingMs)));
        if (fault === undefined) faults.delete(component);
        else faults.set(component, fault);
        return fault?.text;
      },
      timedOut: () => timeIsUp,
      signal,
      clock,
    });
    const name = component === 'kubelet' ? 'the kubelet' : component;
    const elapsed = formatElapsed(waitedMs);
    task.message(`${name} is healthy${elapsed === '0s' ? '' : ` after ${elapsed}`}`);
    return true;
  } catch (error) {
    if (error === timeIsUp) return false;
    throw error;
  }
}
