/** Finds what the current context of a kubeconfig points to. */
import { failure } from '../../problems/catalogue.ts';
import type { Kubeconfig, KubeconfigCluster, KubeconfigContext, KubeconfigUser } from './kubeconfig.ts';

/**
 * Returns the cluster of the current context.
 * @param file where the kubeconfig comes from, for messages
 * @throws ProblemError `KUBECONFIG_INVALID` when the context or the cluster is not in the file
 */
export function currentCluster(kubeconfig: Kubeconfig, file: string): KubeconfigCluster {
  const name = currentContext(kubeconfig, file).cluster ?? '';
  const found = kubeconfig.clusters.find((entry) => entry.name === name);
  if (found === undefined)
    throw invalid(file, `its current context refers to the cluster ${JSON.stringify(name)}, which is not in the file`);
  return found.cluster;
}

/** A user with the name under which it stands in the file. */
interface NamedUser {
  readonly name: string;
  readonly user: KubeconfigUser;
}

/**
 * Returns the user of the current context.
 * @throws ProblemError `KUBECONFIG_INVALID` when the context or the user is not in the file
 */
export function currentUser(kubeconfig: Kubeconfig, file: string): NamedUser {
  const name = currentContext(kubeconfig, file).user ?? '';
  const found = kubeconfig.users.find((entry) => entry.name === name);
  if (found === undefined) throw invalid(file, `its current context refers to the user ${JSON.stringify(name)}, which is not in the file`);
  return found;
}

function currentContext(kubeconfig: Kubeconfig, file: string): KubeconfigContext {
  const name = kubeconfig['current-context'];
  if (name === '') throw invalid(file, 'it has no current-context');
  const found = kubeconfig.contexts.find((entry) => entry.name === name);
  if (found === undefined) throw invalid(file, `its current context ${JSON.stringify(name)} is not in the file`);
  return found.context;
}

function invalid(file: string, detail: string): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `${file} has no usable current context`,
    detail,
    remedy: `Correct the file with kubectl config --kubeconfig=${file}, or remove it to have it made again.`,
    where: { file, field: 'current-context' },
  });
}
