/** Finds, without writing, what would keep the kubelet's files from being written. */
import { isProblemError, type Problem } from 'phaserunner';
import { problemsOfPatches } from '../../core/patches/apply.ts';
import { patchesOf } from '../patches/of-run.ts';
import { kubeletFiles, type KubeletContext } from './context.ts';

export async function checkKubeletFiles(context: KubeletContext): Promise<readonly Problem[]> {
  const obstacles = await Promise.all(Object.values(kubeletFiles(context)).map((path) => context.host.files.obstacle(path)));
  return [...obstacles.filter((problem) => problem !== undefined), ...(await patchProblems(context))];
}

async function patchProblems(context: KubeletContext): Promise<readonly Problem[]> {
  try {
    return await problemsOfPatches(await patchesOf(context), 'kubeletconfiguration', context.config.kubelet.document);
  } catch (error) {
    if (isProblemError(error)) return error.problems;
    throw error;
  }
}
