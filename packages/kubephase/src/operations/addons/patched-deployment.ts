/** The Deployment of CoreDNS as the user's patches want it. */
import type { Problem, Task } from 'phaserunner';
import type { ClusterObject } from '../../core/cluster-objects/object.ts';
import { applyPatches, describeApplied, problemsOfPatches } from '../../core/patches/apply.ts';
import type { Files } from '../../host/port.ts';
import { loadPatches } from '../patches/load.ts';
import { plainDeployment } from './coredns.ts';
import type { AddonFacts } from './kube-proxy.ts';

const target = 'corednsdeployment';

/** Where the patches are and who is told about them. */
export interface DeploymentPatches {
  readonly files: Files;
  /** Undefined when there are none. */
  readonly directory: string | undefined;
  readonly task: Pick<Task, 'message' | 'warn'>;
}

/** @throws ProblemError when a patch cannot be read or applied */
export async function patchDeployment(deployment: ClusterObject, { files, directory, task }: DeploymentPatches): Promise<ClusterObject> {
  if (directory === undefined) return deployment;
  const { object, applied, warnings } = await applyPatches(await loadPatches(files, directory), target, deployment);
  for (const patch of applied) task.message(describeApplied(patch));
  for (const warning of warnings) task.warn(warning);
  return object as ClusterObject;
}

/** What applying the patches would report. */
export async function deploymentPatchProblems(facts: AddonFacts, files: Files): Promise<readonly Problem[]> {
  const { patchesDirectory } = facts.config;
  if (patchesDirectory === undefined) return [];
  return problemsOfPatches(await loadPatches(files, patchesDirectory), target, plainDeployment(facts));
}
