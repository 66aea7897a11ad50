/** The patches of a run, and what the user is told about them. */
import type { Task } from 'phaserunner';
import type { InitConfig } from '../../config/types.ts';
import { applyPatches, describeApplied } from '../../core/patches/apply.ts';
import { noPatches, type PatchSet, type PatchTarget } from '../../core/patches/patch.ts';
import type { Mapping } from '../../formats/data/mapping.ts';
import type { Files } from '../../host/port.ts';
import { loadPatches } from './load.ts';

export interface PatchSource {
  readonly config: InitConfig;
  readonly host: { readonly files: Files };
}

type Listener = Pick<Task, 'message' | 'warn'>;

/** Runs whose patch folder was described: the first phase that uses patches does it, for all. */
const described = new WeakSet<InitConfig>();

/** The patches that the configuration names. */
export async function patchesOf({ config, host }: PatchSource): Promise<PatchSet> {
  return config.patchesDirectory === undefined ? noPatches : loadPatches(host.files, config.patchesDirectory);
}

/** Returns `object` after the patches of `target`, and tells the user which ones were applied. */
export async function patchObject<T extends Mapping>(
  source: PatchSource,
  change: { readonly target: PatchTarget; readonly object: T },
  task: Listener,
): Promise<T> {
  const set = await patchesOf(source);
  if (!described.has(source.config)) describe(set, task);
  described.add(source.config);
  const { object, applied, warnings } = await applyPatches(set, change.target, change.object);
  for (const patch of applied) task.message(describeApplied(patch));
  for (const warning of warnings) task.warn(warning);
  return object as T;
}

function describe(set: PatchSet, task: Listener): void {
  if (set.directory === undefined) return;
  task.message(`patches are read from "${set.directory}"`);
  if (set.files.length > 0) task.message(`patch files: ${set.files.join(', ')}`);
  for (const { file, reason } of set.ignored) task.message(`ignored "${file}": ${reason}`);
  for (const warning of set.warnings) task.warn(warning);
}
