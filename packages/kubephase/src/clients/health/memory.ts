/** Health endpoints in memory for tests. */
import { failure } from '../../problems/catalogue.ts';
import type { HealthProbes, HealthRequest } from './port.ts';

/** A status, no answer, or both in turn; the last one stays. */
type MemoryHealth = number | 'unreachable' | readonly (number | 'unreachable')[];

interface MemoryHealthProbes extends HealthProbes {
  /** Requests so far. */
  readonly requests: readonly HealthRequest[];
}

/** Answers by URL. What is not listed is unreachable. */
export function createMemoryHealthProbes(answers: Readonly<Record<string, MemoryHealth>> = {}): MemoryHealthProbes {
  const requests: HealthRequest[] = [];
  return {
    requests,
    status: async (request) => {
      const turn = requests.filter(({ url }) => url === request.url).length;
      requests.push(request);
      const answer = answerAt(answers[request.url] ?? 'unreachable', turn);
      if (answer !== 'unreachable') return answer;
      throw failure('HEALTH_UNREACHABLE', {
        summary: `${request.component} does not answer at ${request.url}`,
        detail: 'connection refused',
        where: { object: request.component },
      });
    },
  };
}

function answerAt(health: MemoryHealth, turn: number): number | 'unreachable' {
  if (typeof health === 'number' || health === 'unreachable') return health;
  return health[Math.min(turn, health.length - 1)] ?? 'unreachable';
}
