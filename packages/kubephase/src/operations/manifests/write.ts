/** Writes the manifest of a static Pod. The kubelet starts it as soon as it runs and sees the file. */
import type { Task } from 'phaserunner';
import { authorizationWarnings } from '../../core/manifests/kube-apiserver.ts';
import type { ManifestRequest, StaticPod, StaticPodName } from '../../core/manifests/pod.ts';
import { withoutRoot } from '../../core/users/rootless.ts';
import { printYaml } from '../../formats/yaml/print.ts';
import { patchObject } from '../patches/of-run.ts';
import { ensureUsers, giveFiles } from '../rootless/users.ts';
import { buildPod, requestFrom } from './components.ts';
import { isRootless, type ManifestContext } from './context.ts';

type Listener = Pick<Task, 'message' | 'warn'>;

/** Computes, patches and writes the manifest; does nothing for an etcd that runs elsewhere. */
export async function writeManifest(context: ManifestContext, component: StaticPodName, task: Listener): Promise<void> {
  const request = await requestFrom(context);
  const pod = buildPod(component, request);
  if (pod === undefined) return;
  if (component === 'kube-apiserver') {
    for (const warning of authorizationWarnings(context.config.cluster.apiServer.extraArgs)) task.warn(warning);
  }
  const prepared = await prepare(context, { component, pod, request }, task);
  const path = manifestPath(context, component);
  await context.host.files.write({ path, content: printYaml(prepared), mode: 0o600, directoryMode: 0o700 });
  task.message(`static Pod manifest: ${path}`);
}

/** Makes the folder in which etcd keeps its data; an existing one stays as it is. */
export async function makeDataDirectory({ config, host }: ManifestContext): Promise<void> {
  const { local } = config.cluster.etcd;
  if (local !== undefined) await host.files.makeDirectory(local.dataDir, 0o700);
}

export function manifestPath({ paths }: Pick<ManifestContext, 'paths'>, component: StaticPodName): string {
  return `${paths.manifests}/${component}.yaml`;
}

interface Prepared {
  readonly component: StaticPodName;
  readonly pod: StaticPod;
  readonly request: ManifestRequest;
}

/** Files are given to the component's user before the manifest is there, so that it can start at once. */
async function prepare(context: ManifestContext, { component, pod, request }: Prepared, task: Listener): Promise<StaticPod> {
  if (!isRootless(context)) return patchObject(context, { target: component, object: pod }, task);
  const users = await ensureUsers(context.host.files);
  const patched = await patchObject(context, { target: component, object: withoutRoot(pod, users) }, task);
  await giveFiles(context.host.files, component, { config: context.config, users, externalCa: request.facts.externalCa });
  return patched;
}
