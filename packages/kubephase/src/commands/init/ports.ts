/** The machine and the cluster for one run of `init`: the real ones, or those of a rehearsal. */
import type { ContainerRuntime } from '../../clients/cri/port.ts';
import type { HealthProbes } from '../../clients/health/port.ts';
import type { KubeApi } from '../../clients/kube/port.ts';
import type { InitConfig } from '../../config/types.ts';
import type { Host } from '../../host/port.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import type { InitPaths } from './context.ts';
import { defaultPaths } from './create-context.ts';

export interface Ports {
  readonly host: Host;
  readonly kube: KubeApi;
  readonly health: HealthProbes;
  readonly cri: ContainerRuntime;
  /** Folder of the files of a rehearsal. */
  readonly directory?: string;
  /** Ends connections that are still open. */
  readonly close: () => void;
}

/** What the ways to the cluster depend on. */
export interface PortsRequest {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
  /** Default: the usual places. */
  readonly paths?: InitPaths;
  /** Told every few seconds what the connection to the API waits for. */
  readonly tell?: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Ports that change the machine. The API is looked for when it is first used: before that its kubeconfig file does not exist. */
export async function realPorts(host: Host, request: PortsRequest): Promise<Ports> {
  const { config, release, signal, tell, paths = defaultPaths(config) } = request;
  const [{ createRealHealthProbes }, { createRealRuntime }, { createLazyKubeApi }] = await Promise.all([
    import('../../clients/health/real.ts'),
    import('../../clients/cri/real/runtime.ts'),
    import('../../clients/kube/lazy.ts'),
  ]);
  const closers: (() => void)[] = [];
  const connect = async (): Promise<KubeApi> => {
    const [{ connectAsAdmin }, { createRealKubeApi }] = await Promise.all([
      import('../../operations/admin/connect.ts'),
      import('../../clients/kube/real/api.ts'),
    ]);
    return connectAsAdmin({
      files: host.files,
      config,
      release,
      kubeconfig: paths.adminKubeconfig,
      ownKubeconfig: defaultPaths(config).adminKubeconfig,
      signal,
      ...(tell === undefined ? {} : { tell }),
      open: (access) => {
        const kube = createRealKubeApi(access);
        closers.push(() => kube.close());
        return kube;
      },
    });
  };
  return {
    host,
    kube: createLazyKubeApi(connect),
    health: createRealHealthProbes(),
    cri: createRealRuntime(config.nodeRegistration.criSocket),
    close: () => {
      for (const close of closers.splice(0)) close();
    },
  };
}

/** Ports that change nothing but one folder. */
export async function rehearsalPorts(
  base: Host,
  { config, paths = defaultPaths(config) }: Pick<PortsRequest, 'config' | 'paths'>,
): Promise<Ports> {
  const [{ chooseDryRunDirectory, createDryRunHost, flatRedirect }, clients, { createRealRuntime }] = await Promise.all([
    import('../../host/dry-run/host.ts'),
    import('../../clients/dry-run.ts'),
    import('../../clients/cri/real/runtime.ts'),
  ]);
  const directory = await chooseDryRunDirectory(base, 'KUBEADM_INIT_DRYRUN_DIR');
  const host = createDryRunHost(base, { redirect: flatRedirect(paths, directory) });
  return {
    host,
    kube: clients.createDryRunKubeApi(),
    health: clients.createDryRunHealthProbes(),
    cri: clients.createDryRunRuntime(createRealRuntime(config.nodeRegistration.criSocket)),
    directory,
    close: () => undefined,
  };
}
