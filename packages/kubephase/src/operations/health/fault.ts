/** One look at a health endpoint. */
import { problemsOf } from 'phaserunner';
import type { HealthProbes } from '../../clients/health/port.ts';
import type { KubeApi } from '../../clients/kube/port.ts';

/** Whom to ask and how. */
export interface Question {
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
export function createApiServerLook(health: HealthProbes, kube: KubeApi): (question: Question) => Promise<Fault | undefined> {
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
