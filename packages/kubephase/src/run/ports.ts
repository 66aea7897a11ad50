/** The machine and the cluster for one run: the real ones, or those of a dry run; each change through them an action. */
import type { Action, Task } from 'phaserunner';
import type { ContainerRuntime } from '../clients/cri/port.ts';
import type { HealthProbes } from '../clients/health/port.ts';
import type { KubeApi } from '../clients/kube/port.ts';
import type { DryRunVariable } from '../host/dry-run/directory.ts';
import type { Host } from '../host/port.ts';
import type { OpenKubeApi } from '../operations/admin.ts';
import type { KubeContext, MachineContext, NodePaths } from './context.ts';
import { realMachine, type Machine } from './machine.ts';

export interface Ports {
  readonly host: Host;
  readonly kube: KubeApi;
  readonly health: HealthProbes;
  readonly cri: ContainerRuntime;
  /** Folder of the files of a dry run. */
  readonly directory?: string;
  /** Ends connections that are still open. */
  readonly close: () => void;
}

/** How a command gets at the API of its cluster. Called when the API is first used: before that its kubeconfig file may not exist. */
export type Connect = (open: OpenKubeApi) => Promise<KubeApi>;

export interface RealPortsRequest {
  readonly criSocket: string;
  readonly connect: Connect;
  /** Default: the machine on which this process runs. */
  readonly machine?: Machine;
}

/** Ports that change the machine. */
export async function realPorts(host: Host, { criSocket, connect, machine = realMachine }: RealPortsRequest): Promise<Ports> {
  const [{ createLazyKubeApi }, health, cri] = await Promise.all([
    import('../clients/kube/lazy.ts'),
    machine.openHealth(),
    machine.openRuntime(criSocket),
  ]);
  const closers: (() => void)[] = [];
  const kube = createLazyKubeApi(async () => {
    const open = await machine.kubeOpener();
    return connect((access) => {
      const client = open(access);
      closers.push(() => client.close());
      return client;
    });
  });
  return {
    host,
    kube,
    health,
    cri,
    close: () => {
      for (const close of closers.splice(0)) close();
    },
  };
}

export interface DryRunPortsRequest {
  readonly criSocket: string;
  readonly paths: NodePaths;
  /** With which users choose the folder. */
  readonly variable: DryRunVariable;
  /** Default: the machine on which this process runs. */
  readonly machine?: Machine;
}

/** Ports that change nothing but one folder. */
export async function dryRunPorts(base: Host, { criSocket, paths, variable, machine = realMachine }: DryRunPortsRequest): Promise<Ports> {
  const [{ createDryRunHost, flatRedirect }, { chooseDryRunDirectory }, clients, runtime] = await Promise.all([
    import('../host/dry-run/host.ts'),
    import('../host/dry-run/directory.ts'),
    import('../clients/dry-run.ts'),
    machine.openRuntime(criSocket),
  ]);
  const directory = await chooseDryRunDirectory(base, { variable, folders: paths });
  return {
    host: createDryRunHost(base, { redirect: flatRedirect(paths, directory) }),
    kube: clients.createDryRunKubeApi(),
    health: clients.createDryRunHealthProbes(),
    cri: clients.createDryRunRuntime(runtime),
    directory,
    close: () => undefined,
  };
}

/** What is known to the recording of changes. */
export interface Recording {
  /** Keep the content of files that are not secret in their actions. */
  readonly includeContent: boolean;
}

/**
 * Returns how one phase sees `context`: what it changes through the ports is told as actions of that phase. Give it to `runWorkflow` as `scope`.
 *
 * @example
 * await runWorkflow(initWorkflow, { context, scope: await recordingScope({ includeContent: true }) });
 */
export async function recordingScope({ includeContent }: Recording) {
  const [{ recordHost }, { recordHealth, recordKube, recordRuntime }] = await Promise.all([
    import('../host/recording.ts'),
    import('../clients/recording.ts'),
  ]);
  return <C extends MachineContext & KubeContext>(context: C, task: Pick<Task, 'action' | 'warn'>): C => {
    const record = (action: Action): void => task.action(action);
    return {
      ...context,
      host: recordHost(context.host, record, { includeContent, warn: (text) => task.warn(text) }),
      kube: recordKube(context.kube, record),
      health: recordHealth(context.health, record),
      cri: recordRuntime(context.cri, record),
    };
  };
}
