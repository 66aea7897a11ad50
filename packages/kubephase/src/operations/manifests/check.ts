/** Finds, without writing, what would keep a static Pod manifest from being written. */
import { isProblemError, type Problem } from 'phaserunner';
import type { StaticPod, StaticPodName } from '../../core/manifests/pod.ts';
import { withoutRoot } from '../../core/users/rootless.ts';
import { problemsOfPatches } from '../../core/patches/apply.ts';
import { patchesOf } from '../patches/of-run.ts';
import { lookUpUsers } from '../rootless/users.ts';
import { buildPod, requestFrom } from './components.ts';
import { isRootless, type ManifestContext } from './context.ts';
import { manifestPath } from './write.ts';

export async function checkManifest(context: ManifestContext, component: StaticPodName): Promise<readonly Problem[]> {
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
  return problemsOfPatches(await patchesOf(context), component, final);
}

async function collect(look: () => Promise<readonly Problem[]>): Promise<readonly Problem[]> {
  try {
    return await look();
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
}
