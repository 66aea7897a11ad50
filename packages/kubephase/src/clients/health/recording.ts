/** Records which health endpoints a run waited for, the same in a real run and in a rehearsal. */
import type { Action } from 'phaserunner';
import type { HealthProbes } from './port.ts';

/** Returns `health` with the first good answer of each endpoint recorded. */
export function recordHealth(health: HealthProbes, record: (action: Action) => void): HealthProbes {
  const seen = new Set<string>();
  return {
    status: async (request) => {
      const { component, url } = request;
      const status = await health.status(request);
      if (status !== 200 || seen.has(url)) return status;
      seen.add(url);
      record({ kind: 'wait-for-health', summary: `wait until ${component} is healthy at ${url}`, component, url });
      return status;
    },
  };
}
