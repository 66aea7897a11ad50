/** Problems of requests to the Kubernetes API, the same from every client. */
import { failure } from '../../problems/catalogue.ts';

export type KubeCode =
  | 'KUBE_ALREADY_EXISTS'
  | 'KUBE_NOT_FOUND'
  | 'KUBE_CONFLICT'
  | 'KUBE_UNAUTHORIZED'
  | 'KUBE_FORBIDDEN'
  | 'KUBE_INVALID'
  | 'KUBE_UNREACHABLE'
  | 'KUBE_UNTRUSTED'
  | 'KUBE_REQUEST_FAILED';

export type KubeVerb = 'get' | 'list' | 'create' | 'replace' | 'patch';

export interface KubeRequest {
  readonly verb: KubeVerb;
  /** As `describeReference` names it, or the kind alone for a list. */
  readonly object: string;
}

const remedies: Readonly<Record<KubeCode, string>> = {
  KUBE_ALREADY_EXISTS: 'Delete the object, or use a command that updates it.',
  KUBE_NOT_FOUND: 'Run the phase that creates the object first.',
  KUBE_CONFLICT: 'Run the command again: it reads the object as it is now.',
  KUBE_UNAUTHORIZED: 'Use a kubeconfig file of this cluster whose credentials are still good, and see whether the clocks are right.',
  KUBE_FORBIDDEN: 'Use a kubeconfig file whose user may do this.',
  KUBE_INVALID: 'Correct what the API server names, in the configuration or in the patches.',
  KUBE_UNREACHABLE: 'See whether the API server runs and whether its address in the kubeconfig file is right.',
  KUBE_UNTRUSTED: 'Use a kubeconfig file that holds the certificate authority of this API server, and see whether the clocks are right.',
  KUBE_REQUEST_FAILED: 'Look at the log of the API server, then run the command again.',
};

/** The error for a request that failed. `detail` says what the server answered. */
export function kubeFailure(code: KubeCode, request: KubeRequest, detail: string): Error {
  return failure(code, {
    summary: `cannot ${request.verb} ${request.object}`,
    detail,
    remedy: remedies[code],
    where: { object: request.object },
  });
}
