/** The machine and the cluster for one run of `init`: the real ones, or those of a rehearsal. */
import type { HealthProbes } from '../../clients/health/port.ts';
import type { KubeApi } from '../../clients/kube/port.ts';
import type { Host } from '../../host/port.ts';
import type { InitPaths } from './context.ts';

export interface Ports {
  readonly host: Host;
  readonly kube: KubeApi;
  readonly health: HealthProbes;
  /** Folder of the files of a rehearsal. */
  readonly directory?: string;
}

/** Ports that change the machine. */
export async function realPorts(host: Host): Promise<Ports> {
  const [{ createRealHealthProbes }, { createAbsentKubeApi }] = await Promise.all([
    import('../../clients/health/real/probes.ts'),
    import('../../clients/kube/absent.ts'),
  ]);
  return { host, kube: createAbsentKubeApi(), health: createRealHealthProbes() };
}

/** Ports that change nothing but one folder. */
export async function rehearsalPorts(base: Host, paths: InitPaths): Promise<Ports> {
  const [{ chooseDryRunDirectory, flatRedirect }, { createDryRunHost }, { createDryRunKubeApi }, { createDryRunHealthProbes }] =
    await Promise.all([
      import('../../host/dry-run/directory.ts'),
      import('../../host/dry-run/host.ts'),
      import('../../clients/kube/dry-run/api.ts'),
      import('../../clients/health/dry-run/probes.ts'),
    ]);
  const directory = await chooseDryRunDirectory(base, 'KUBEADM_INIT_DRYRUN_DIR');
  const host = createDryRunHost(base, { redirect: flatRedirect(paths, directory) });
  return { host, kube: createDryRunKubeApi(), health: createDryRunHealthProbes(), directory };
}
