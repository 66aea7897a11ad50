/** The way to the API for commands that work on a control plane node. */
import type { ControlPlaneConfig } from '../config/types.ts';
import { connectAsAdmin } from '../operations/admin.ts';
import type { KubeApi } from '../clients/kube/port.ts';
import { usualPaths } from './context.ts';
import type { ConnectOptions, RunFacts } from './work.ts';

/** Connects with the kubeconfig file of the run, and with the API server of this node when it is the one that this node keeps. */
export function connectOnControlPlane(
  { config, release, paths }: RunFacts<Pick<ControlPlaneConfig, 'localAPIEndpoint' | 'timeouts'>>,
  { host, ...options }: ConnectOptions,
): Promise<KubeApi> {
  const { adminKubeconfig: ownKubeconfig } = usualPaths(paths.certificates);
  return connectAsAdmin({ ...options, files: host.files, config, release, kubeconfig: paths.adminKubeconfig, ownKubeconfig });
}
