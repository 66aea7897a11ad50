/** Recognises a static Pod manifest that this configuration makes. */
import type { StaticPodName } from '../../core/manifests/pod.ts';
import { withoutRoot } from '../../core/users/rootless.ts';
import { applyPatches } from '../../core/patches/apply.ts';
import { printYaml } from '../../formats/yaml/print.ts';
import { patchesOf } from '../patches/of-run.ts';
import { lookUpUsers } from '../rootless/users.ts';
import { buildPod, requestFrom } from './components.ts';
import { isRootless, type ManifestContext } from './context.ts';
import { manifestPath } from './write.ts';

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
  const { object } = await applyPatches(await patchesOf(context), component, final);
  return printYaml(object) === found;
}
