/** One look at a health endpoint. */
import { problemsOf } from 'phaserunner';
import type { HealthProbes } from '../../clients/health/port.ts';

/** How long one request may take. */
const requestTimeoutMs = 10_000;

/** Whom to ask and how. */
export interface Question {
  readonly component: string;
  readonly url: string;
  /** PEM; without it the server's certificate is not verified. */
  readonly caPem?: string | undefined;
  readonly signal: AbortSignal;
}

/** What keeps a component from being healthy. `status` is set when it answered. */
export interface Fault {
  readonly text: string;
  readonly status?: number;
}

/** Asks once. Undefined: the component is healthy. */
export async function findFault(health: HealthProbes, { caPem, ...question }: Question): Promise<Fault | undefined> {
  const request = { ...question, timeoutMs: requestTimeoutMs, ...(caPem === undefined ? {} : { caPem }) };
  try {
    const status = await health.status(request);
    return status === 200 ? undefined : { text: `it answers with status ${status}`, status };
  } catch (error) {
    const [{ summary, detail }] = problemsOf(error, 'HEALTH_UNREACHABLE');
    return { text: detail === undefined ? summary : `${summary}: ${detail}` };
  }
}
