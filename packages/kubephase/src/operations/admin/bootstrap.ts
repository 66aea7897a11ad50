/** Gives the administrator of admin.conf full rights before anything else needs them. */
import { isProblemError, type Clock } from 'phaserunner';
import { mayPass, type KubeApi } from '../../clients/kube/port.ts';
import { clusterAdminsBinding, clusterAdminsGroup } from '../../core/cluster-objects/rbac.ts';
import { failure } from '../../problems/catalogue.ts';
import { formatElapsed, waitFor, type Waiting } from '../wait/wait.ts';

export interface AdminBootstrap {
  /** API with the credentials of admin.conf. */
  readonly admin: KubeApi;
  /** API with those of super-admin.conf, or undefined when that file does not exist. */
  readonly superAdmin: KubeApi | undefined;
  /** `timeouts.kubernetesAPICall`, for each of the two in turn. */
  readonly windowMs: number;
  /** Told every few seconds why it does not work yet. */
  readonly tell?: (text: string) => void;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** Pauses between two tries, from the first to the longest. */
const pace = { firstIntervalMs: 100, intervalMs: 500 };

/**
 * Makes sure that the group of admin.conf is bound to cluster-admin, and leaves an existing binding as it is.
 *
 * | as admin      | as super-admin | result                 |
 * |---------------|----------------|------------------------|
 * | works, exists | not asked      | done                   |
 * | forbidden     | works, exists  | done                   |
 * | forbidden     | no such file   | `SUPER_ADMIN_MISSING`  |
 * | other errors  | not asked      | tried again, then `ADMIN_BINDING_FAILED` |
 * | forbidden     | any error      | tried again, then `ADMIN_BINDING_FAILED` |
 */
export async function bootstrapAdmin(bootstrap: AdminBootstrap): Promise<void> {
  const { admin, superAdmin } = bootstrap;
  if ((await bind({ kube: admin, file: 'admin.conf', acceptRefusal: true }, bootstrap)) === 'bound') return;
  if (superAdmin === undefined) throw superAdminMissing();
  await bind({ kube: superAdmin, file: 'super-admin.conf', acceptRefusal: false }, bootstrap);
}

interface Identity {
  readonly kube: KubeApi;
  /** kubeconfig file with its credentials. */
  readonly file: string;
  /** A refusal is an answer, not a reason to try again: the server is up, and somebody else can be asked. */
  readonly acceptRefusal: boolean;
}

async function bind({ kube, file, acceptRefusal }: Identity, bootstrap: AdminBootstrap): Promise<'bound' | 'refused'> {
  const { windowMs, tell, signal, clock } = bootstrap;
  let answer: 'bound' | 'refused' = 'bound';
  await waitFor({
    name: `the ClusterRoleBinding ${clusterAdminsGroup}`,
    deadlineMs: windowMs,
    ...pace,
    probe: async () => {
      try {
        await kube.create(clusterAdminsBinding());
      } catch (error) {
        const code = isProblemError(error) ? error.problem.code : undefined;
        if (acceptRefusal && code === 'KUBE_FORBIDDEN') answer = 'refused';
        else if (code !== 'KUBE_ALREADY_EXISTS') throw error;
      }
      return undefined;
    },
    isFinal: (problem) => !mayPass(problem),
    onWaiting: ({ name, elapsedMs, missing }) => tell?.(`still waiting for ${name} after ${formatElapsed(elapsedMs)}: ${missing}`),
    timedOut: (waiting) => bindingFailed(file, waiting),
    ...(signal === undefined ? {} : { signal }),
    ...(clock === undefined ? {} : { clock }),
  });
  return answer;
}

function bindingFailed(file: string, { missing, cause }: Waiting): Error {
  return failure('ADMIN_BINDING_FAILED', {
    summary: `the administrator has no rights: could not create ClusterRoleBinding ${clusterAdminsGroup} with ${file}`,
    detail: missing,
    remedy: `See whether the API server runs and whether ${file} belongs to it, then run the phase again.`,
    where: { object: `ClusterRoleBinding ${clusterAdminsGroup}` },
    ...(cause === undefined ? {} : { cause }),
  });
}

function superAdminMissing(): Error {
  return failure('SUPER_ADMIN_MISSING', {
    summary: `the group ${clusterAdminsGroup} of admin.conf is not bound to cluster-admin`,
    detail: 'Only super-admin.conf could create the ClusterRoleBinding, and that file does not exist beside admin.conf.',
    remedy: 'Make it with kubephase init phase kubeconfig super-admin, then run the phase again.',
    where: { object: `ClusterRoleBinding ${clusterAdminsGroup}` },
  });
}
