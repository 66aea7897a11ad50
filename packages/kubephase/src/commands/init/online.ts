/** Which phases need the Kubernetes API, for which this release has a port but no client yet. */
import { ProblemError, selectPhases, type SelectionPart, type Workflow } from 'phaserunner';
import { problem } from '../../problems/catalogue.ts';
import type { InitContext, InitOptions } from './context.ts';

/** By top-level path: whether the phase uses the API with these options. */
const apiPhases: Readonly<Record<string, (options: InitOptions) => boolean>> = {
  'upload-config': () => true,
  'upload-certs': ({ uploadCerts }) => uploadCerts,
  'mark-control-plane': () => true,
  'bootstrap-token': () => true,
  addon: ({ printManifest }) => !printManifest,
};

/**
 * Refuses, before anything is written, a real run that would end half-way for lack of a client.
 * @throws ProblemError `PHASE_NOT_AVAILABLE`
 */
export function refuseOnlinePhases(workflow: Workflow<InitContext>, options: InitOptions, parts: readonly SelectionPart[]): void {
  const tops = new Set([...selectPhases(workflow, parts).paths].map((path) => path.split('/')[0] ?? path));
  const needing = [...tops].filter((path) => apiPhases[path]?.(options) === true);
  if (needing.length === 0) return;
  throw new ProblemError(
    problem('PHASE_NOT_AVAILABLE', {
      summary: `these phases need the Kubernetes API, for which this release has no client yet: ${needing.join(', ')}`,
      detail: 'Nothing was written. The phases up to wait-control-plane work without it, and --dry-run shows all of them.',
      remedy: 'Run `init --until wait-control-plane`, or rehearse with `init --dry-run`.',
    }),
  );
}
