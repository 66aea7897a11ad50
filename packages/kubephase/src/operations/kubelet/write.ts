/** Writes the files with which the kubelet of this node starts. */
import type { Task } from 'phaserunner';
import { instanceFile, kubeletFlagsFile, resolvConfWarning, usesInstanceFile, withInstance, withResolvConf } from '../../core/kubelet.ts';
import { describeApplied } from '../../core/patches/apply.ts';
import { printYaml } from '../../formats/yaml/print.ts';
import { patchObject } from '../patches/of-run.ts';
import { kubeletFiles, type KubeletContext } from './context.ts';

type Listener = Pick<Task, 'message' | 'warn'>;

/** Writes flags, instance file and configuration, in this order; existing files are replaced and keep their modes. */
export async function writeKubeletFiles(context: KubeletContext, task: Listener): Promise<void> {
  const { config, release, host } = context;
  const files = kubeletFiles(context);
  const write = async (path: string, content: string): Promise<void> => {
    await host.files.write({ path, content, mode: 0o644, directoryMode: 0o700 });
    task.message(`kubelet file: ${path}`);
  };
  await write(files.flags, kubeletFlagsFile({ config, release, hostName: host.network.hostName() }));
  const { criSocket } = config.nodeRegistration;
  const instance = usesInstanceFile(config, release);
  if (instance) await write(files.instance, instanceFile(criSocket));
  const document = await patchObject(context, { target: 'kubeletconfiguration', object: await localDocument(context, task) }, task);
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
