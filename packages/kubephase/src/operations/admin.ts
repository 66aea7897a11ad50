/** The way to the API of the cluster with the credentials of an administrator, who first has to get his rights. */
import { dirname } from 'node:path';
import { isProblemError, type Clock } from 'phaserunner';
import { formatDuration } from 'phaserunner/render';
import { mayPass, type KubeApi } from '../clients/kube/port.ts';
import type { ControlPlaneConfig } from '../config/types.ts';
import { clusterAdminsBinding, clusterAdminsGroup } from '../core/cluster-objects/rbac.ts';
import { localApiUrl } from '../core/endpoint.ts';
import type { Files } from '../host/port.ts';
import { failure } from '../problems/catalogue.ts';
import { kubeconfigResult } from '../problems/results.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import { kubeconfigMissing, usedForApi } from './kubeconfig/existing.ts';
import { waitFor, type Waiting } from './wait.ts';

/** Where a client of the API finds its server and its credentials. */
export interface KubeAccess {
  /** Text of a kubeconfig file. */
  readonly kubeconfig: string;
  /** Its path, for messages and relative paths in it. */
  readonly file: string;
  /** URL that takes the place of the server in the file. */
  readonly server?: string;
}

/** Opens a client. Sends nothing yet. */
export type OpenKubeApi = (access: KubeAccess) => KubeApi;

export interface AdminConnection {
  readonly files: Pick<Files, 'readText'>;
  readonly config: Pick<ControlPlaneConfig, 'localAPIEndpoint' | 'timeouts'>;
  readonly release: Pick<ResolvedRelease, 'traits'>;
  /** kubeconfig file that is used. */
  readonly kubeconfig: string;
  /** The file in which `init` itself writes the credentials of the administrator. */
  readonly ownKubeconfig: string;
  readonly open: OpenKubeApi;
  /** Told every few seconds what is waited for. */
  readonly tell?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Returns the API with the credentials of `kubeconfig`. The file of this node is used with the API server of this node: the
 * control-plane endpoint may be a load balancer that does not know it yet. From the releases on whose administrator is bound by RBAC, the
 * binding is made first. Any other file is taken as it is.
 * @throws ProblemError `KUBECONFIG_INVALID`, `ADMIN_BINDING_FAILED`, `SUPER_ADMIN_MISSING`
 */
export async function connectAsAdmin(connection: AdminConnection): Promise<KubeApi> {
  const { files, config, release, kubeconfig, ownKubeconfig, open, tell, signal } = connection;
  const text = await files.readText(kubeconfig);
  if (text === undefined) {
    const remedy = 'Make it, or name another one with --kubeconfig.';
    throw kubeconfigMissing({ file: kubeconfig, folder: dirname(ownKubeconfig), detail: usedForApi, remedy });
  }
  if (kubeconfig !== ownKubeconfig) return open({ kubeconfig: text, file: kubeconfig });
  const server = localApiUrl(config);
  const admin = open({ kubeconfig: text, file: kubeconfig, server });
  if (!release.traits.superAdmin) return admin;
  const superAdminFile = `${dirname(ownKubeconfig)}/super-admin.conf`;
  const superAdmin = await files.readText(superAdminFile);
  await bootstrapAdmin({
    admin,
    superAdmin: superAdmin === undefined ? undefined : open({ kubeconfig: superAdmin, file: superAdminFile, server }),
    windowMs: config.timeouts.kubernetesAPICallMs,
    ...(tell === undefined ? {} : { tell }),
    ...(signal === undefined ? {} : { signal }),
  });
  return admin;
}

interface AdminBootstrap {
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
    onWaiting: ({ name, elapsedMs, missing }) => tell?.(`still waiting for ${name} after ${formatDuration(elapsedMs)}: ${missing}`),
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
    remedy: 'Make it, then run the phase again.',
    make: kubeconfigResult('super-admin.conf'),
    where: { object: `ClusterRoleBinding ${clusterAdminsGroup}` },
  });
}
