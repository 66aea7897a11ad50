/** The way to the API of the cluster that `init` sets up, with the credentials of an administrator. */
import { dirname } from 'node:path';
import type { KubeApi } from '../../clients/kube/port.ts';
import type { InitConfig } from '../../config/types.ts';
import { localApiUrl } from '../../core/endpoint.ts';
import type { Files } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import { bootstrapAdmin } from './bootstrap.ts';

/** Opens a client. Sends nothing yet. */
export type OpenKubeApi = (access: {
  /** Text of a kubeconfig file. */
  readonly kubeconfig: string;
  /** Its path, for messages and relative paths in it. */
  readonly file: string;
  /** URL that takes the place of the server in the file. */
  readonly server?: string;
}) => KubeApi;

export interface AdminConnection {
  readonly files: Pick<Files, 'readText'>;
  readonly config: Pick<InitConfig, 'localAPIEndpoint' | 'timeouts'>;
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
  if (text === undefined) throw missing(kubeconfig);
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

function missing(file: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `there is no kubeconfig file ${file}`,
    detail: 'The Kubernetes API is used with its credentials.',
    remedy: 'Make it with kubephase init phase kubeconfig admin, or name another one with --kubeconfig.',
    where: { file },
  });
}
