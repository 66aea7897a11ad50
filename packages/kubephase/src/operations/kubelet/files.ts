/** The kubelet of this node: its files and its service. */
import type { Problem, Task } from 'phaserunner';
import type { NodeConfig } from '../../config/types.ts';
import { instanceFile, kubeletFlagsFile, resolvConfWarning, usesInstanceFile, withInstance, withResolvConf } from '../../core/kubelet.ts';
import { describeApplied } from '../../core/patches/apply.ts';
import { printYaml } from '../../formats/yaml/print.ts';
import type { Host, Services } from '../../host/port.ts';
import type { ResolvedRelease } from '../../releases/release.ts';
import type { Patches } from '../patches.ts';
import { problemsOf } from '../../problems/catalogue.ts';

export interface KubeletContext {
  readonly config: NodeConfig;
  readonly release: ResolvedRelease;
  readonly paths: { readonly kubelet: string };
  readonly host: Pick<Host, 'files' | 'services'> & { readonly network: Pick<Host['network'], 'hostName'> };
  readonly patches: Patches;
}

/** Absolute paths of the files. */
function kubeletFiles({ paths }: Pick<KubeletContext, 'paths'>) {
  return {
    flags: `${paths.kubelet}/kubeadm-flags.env`,
    instance: `${paths.kubelet}/instance-config.yaml`,
    configuration: `${paths.kubelet}/config.yaml`,
  } as const;
}

/** Finds, without writing, what would keep the kubelet's files from being written. */
export async function checkKubeletFiles(context: KubeletContext): Promise<readonly Problem[]> {
  const { config, patches } = context;
  const obstacles = await Promise.all(Object.values(kubeletFiles(context)).map((path) => context.host.files.obstacle(path)));
  return [
    ...obstacles.filter((problem) => problem !== undefined),
    ...(await patches.check('kubeletconfiguration', config.kubelet.document)),
  ];
}

type Listener = Pick<Task, 'message' | 'narrate' | 'warn'>;

/** Stops the kubelet, gives it its files, and starts it again. */
export async function startKubelet(context: KubeletContext, task: Listener): Promise<void> {
  await stopKubelet(context.host.services, task);
  await writeKubeletFiles(context, task);
  await restartKubelet(context.host.services, task);
}

/** Writes flags, instance file and configuration, in this order; existing files are replaced and keep their modes. */
async function writeKubeletFiles(context: KubeletContext, task: Listener): Promise<void> {
  const { config, release, host } = context;
  const files = kubeletFiles(context);
  const write = async (path: string, content: string): Promise<void> => {
    await host.files.write({ path, content, mode: 0o644, directoryMode: 0o700 });
    task.narrate(`kubelet file: ${path}`);
  };
  await write(files.flags, kubeletFlagsFile({ config, release, hostName: host.network.hostName() }));
  const { criSocket } = config.nodeRegistration;
  const instance = usesInstanceFile(release);
  if (instance) await write(files.instance, instanceFile(criSocket));
  const document = await context.patches.apply({ target: 'kubeletconfiguration', object: await localDocument(context, task) }, task);
  if (instance) task.message(describeApplied({ type: 'strategic', target: 'kubeletconfiguration', file: files.instance }));
  await write(files.configuration, printYaml(instance ? withInstance(document, criSocket) : document));
}

/** The cluster's document with what depends on this machine. The cluster's own stays as it is, for other nodes. */
async function localDocument({ config, host }: KubeletContext, task: Listener) {
  const { document } = config.kubelet;
  if (!(await host.services.active('systemd-resolved'))) return document;
  const warning = resolvConfWarning(document);
  if (warning !== undefined) task.warn(warning);
  return withResolvConf(document);
}

const service = 'kubelet';

/** A kubelet that cannot be stopped reads its new files when it is restarted; that is worth a warning only. */
async function stopKubelet(services: Services, task: Listener): Promise<void> {
  if ((await services.manager()) === undefined) {
    task.message('no service manager found: the kubelet is not stopped');
    return;
  }
  if (!(await services.exists(service))) task.message('the service manager knows no service named kubelet');
  try {
    await services.stop(service);
  } catch (error) {
    task.warn(`the kubelet could not be stopped: ${problemsOf(error, 'PROGRAM_FAILED')[0].summary}`);
  }
}

/** A kubelet that cannot be restarted goes on with what it has: that is worth a warning, not the end of the run. */
export async function restartKubelet(services: Services, task: Listener): Promise<void> {
  if ((await services.manager()) === undefined) {
    task.message('no service manager found: restart the kubelet yourself');
    return;
  }
  task.narrate('restarting the kubelet');
  try {
    await services.restart(service);
  } catch (error) {
    task.warn(`the kubelet could not be restarted: ${problemsOf(error, 'PROGRAM_FAILED')[0].summary}; restart it yourself`);
  }
}
