/** Static Pod manifests: computed from configuration and machine, checked, recognised, written. */
import { isProblemError, type Problem, type Task, type Work } from 'phaserunner';
import type { ControlPlaneConfig } from '../config/types.ts';
import { proxyVariables } from '../core/manifests/container.ts';
import { etcdPod } from '../core/manifests/etcd.ts';
import { authorizationWarnings, kubeApiserver } from '../core/manifests/kube-apiserver.ts';
import { kubeControllerManager } from '../core/manifests/kube-controller-manager.ts';
import { kubeScheduler } from '../core/manifests/kube-scheduler.ts';
import type { HostFacts, ManifestRequest, StaticPod, StaticPodName } from '../core/manifests/pod.ts';
import { withoutRoot } from '../core/users/rootless.ts';
import { printYaml } from '../formats/yaml/print.ts';
import type { Host } from '../host/port.ts';
import type { ResolvedRelease } from '../releases/release.ts';
import { hasExternalCa } from './certificates/authority.ts';
import type { Patches } from './patches.ts';
import { ensureUsers, giveFiles, lookUpUsers } from './rootless.ts';

export interface ManifestContext {
  readonly config: ControlPlaneConfig;
  readonly release: ResolvedRelease;
  readonly paths: { readonly manifests: string };
  readonly host: Pick<Host, 'files' | 'environment'>;
  readonly patches: Patches;
}

/** Whether the components run as users of their own. */
function isRootless({ config }: Pick<ManifestContext, 'config'>): boolean {
  return config.cluster.featureGates.RootlessControlPlane === true;
}

/** What a component's Pod is made of: facts about the machine are looked up once and used for files and rights as well. */
async function requestFrom({ config, release, host }: Pick<ManifestContext, 'config' | 'release' | 'host'>): Promise<ManifestRequest> {
  const directories = release.traits.caDirectories;
  const [found, externalCa] = await Promise.all([
    Promise.all(directories.map(async (path) => (await host.files.status(path)) !== undefined)),
    hasExternalCa(host.files, config.cluster.certificatesDir),
  ]);
  const facts: HostFacts = {
    caDirectories: directories.filter((_, index) => found[index]),
    proxyVariables: proxyVariables(host.environment),
    externalCa,
  };
  return { config, release, facts };
}

/** Returns the Pod, or undefined for an etcd that runs elsewhere. */
function buildPod(component: StaticPodName, request: ManifestRequest): StaticPod | undefined {
  if (component === 'etcd') {
    const { local } = request.config.cluster.etcd;
    return local === undefined ? undefined : etcdPod(request, local);
  }
  return builders[component](request);
}

const builders: Readonly<Record<Exclude<StaticPodName, 'etcd'>, (request: ManifestRequest) => StaticPod>> = {
  'kube-apiserver': kubeApiserver,
  'kube-controller-manager': kubeControllerManager,
  'kube-scheduler': kubeScheduler,
};

type Listener = Pick<Task, 'message' | 'narrate' | 'warn'>;

/** What the phase of one manifest does. */
export function manifestWork(component: StaticPodName): Work<ManifestContext> {
  return {
    check: (context) => checkManifest(context, component),
    run: async (context, task) => {
      if (component === 'etcd') await makeDataDirectory(context);
      await writeManifest(context, component, task);
    },
  };
}

/** Computes, patches and writes the manifest; does nothing for an etcd that runs elsewhere. */
async function writeManifest(context: ManifestContext, component: StaticPodName, task: Listener): Promise<void> {
  const request = await requestFrom(context);
  const pod = buildPod(component, request);
  if (pod === undefined) return;
  if (component === 'kube-apiserver') {
    for (const warning of authorizationWarnings(context.config.cluster.apiServer.extraArgs)) task.warn(warning);
  }
  const prepared = await prepare(context, { component, pod, request }, task);
  const path = manifestPath(context, component);
  await context.host.files.write({ path, content: printYaml(prepared), mode: 0o600, directoryMode: 0o700 });
  task.narrate(`static Pod manifest: ${path}`);
}

/** Makes the folder in which etcd keeps its data; an existing one stays as it is. */
async function makeDataDirectory({ config, host }: ManifestContext): Promise<void> {
  const { local } = config.cluster.etcd;
  if (local !== undefined) await host.files.makeDirectory(local.dataDir, 0o700);
}

function manifestPath({ paths }: Pick<ManifestContext, 'paths'>, component: StaticPodName): string {
  return `${paths.manifests}/${component}.yaml`;
}

interface Prepared {
  readonly component: StaticPodName;
  readonly pod: StaticPod;
  readonly request: ManifestRequest;
}

/** Files are given to the component's user before the manifest is there, so that it can start at once. */
async function prepare(context: ManifestContext, { component, pod, request }: Prepared, task: Listener): Promise<StaticPod> {
  if (!isRootless(context)) return context.patches.apply({ target: component, object: pod }, task);
  const users = await ensureUsers(context.host.files);
  const patched = await context.patches.apply({ target: component, object: withoutRoot(pod, users) }, task);
  await giveFiles(context.host.files, component, { config: context.config, users, externalCa: request.facts.externalCa });
  return patched;
}

async function checkManifest(context: ManifestContext, component: StaticPodName): Promise<readonly Problem[]> {
  const pod = buildPod(component, await requestFrom(context));
  if (pod === undefined) return [];
  const { files } = context.host;
  const dataDir = component === 'etcd' ? context.config.cluster.etcd.local?.dataDir : undefined;
  const obstacles = await Promise.all([
    files.obstacle(manifestPath(context, component)),
    // An existing folder stays as it is, whatever its mode; only a missing one has to be made.
    ...(dataDir === undefined || (await files.status(dataDir)) !== undefined ? [] : [files.obstacle(dataDir)]),
  ]);
  return [...obstacles.filter((problem) => problem !== undefined), ...(await collect(() => checkContent(context, component, pod)))];
}

async function checkContent(context: ManifestContext, component: StaticPodName, pod: StaticPod): Promise<readonly Problem[]> {
  const final = isRootless(context) ? withoutRoot(pod, (await lookUpUsers(context.host.files)).users) : pod;
  return context.patches.check(component, final);
}

async function collect(look: () => Promise<readonly Problem[]>): Promise<readonly Problem[]> {
  try {
    return await look();
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
}

/**
 * Whether the file of `component` is, byte for byte, what this run would write. Changes nothing.
 * @throws ProblemError when the manifest cannot be computed, for example because a patch is wrong
 */
export async function isOwnManifest(context: ManifestContext, component: StaticPodName): Promise<boolean> {
  const { files } = context.host;
  const found = await files.readText(manifestPath(context, component));
  const pod = found === undefined ? undefined : buildPod(component, await requestFrom(context));
  if (pod === undefined) return false;
  const final = isRootless(context) ? withoutRoot(pod, (await lookUpUsers(files)).users) : pod;
  return printYaml(await context.patches.preview(component, final)) === found;
}
