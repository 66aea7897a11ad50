/** Codes of the Kubernetes API, health endpoints, bootstrap tokens and add-ons. */
import type { CodeTable } from './code.ts';

export const clusterCodes = {
  KUBE_ALREADY_EXISTS: { meaning: 'An object to be created exists already.', exit: 'cluster' },
  KUBE_CONFLICT: { meaning: 'An object was changed by somebody else between reading and writing it.', exit: 'cluster' },
  KUBE_FORBIDDEN: { meaning: 'The credentials used do not allow the request.', exit: 'cluster' },
  KUBE_INVALID: { meaning: 'The API server refused the content of an object.', exit: 'cluster' },
  KUBE_UNREACHABLE: { meaning: 'The API server did not answer.', exit: 'cluster' },
  KUBE_REQUEST_FAILED: { meaning: 'The API server answered with an error that has no code of its own.', exit: 'cluster' },
  HEALTH_UNREACHABLE: { meaning: 'A health endpoint did not answer.', exit: 'cluster' },
  PREFLIGHT_FAILED: {
    meaning: 'A preflight check found something that would make the run fail. The name of the check can be given to `--ignore-preflight-errors`.',
    exit: 'preflight',
  },
} as const satisfies CodeTable;
