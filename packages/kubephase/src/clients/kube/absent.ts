/** The API of a run that has no client for it: every call says so. */
import { failure } from '../../problems/catalogue.ts';
import type { KubeApi } from './port.ts';

export function createAbsentKubeApi(): KubeApi {
  return { get: refuse, list: refuse, create: refuse, replace: refuse, patch: refuse };
}

async function refuse(): Promise<never> {
  throw failure('PHASE_NOT_AVAILABLE', {
    summary: 'this release has no client for the Kubernetes API yet',
    remedy: 'Rehearse the phase with --dry-run.',
  });
}
