/** Hooks of the phases that take care of one kubeconfig file each. The work is loaded when it is needed. */
import type { Phase } from 'phaserunner';
import type * as descriptions from '../../core/kubeconfig/descriptions.ts';
import type { KubeconfigContext } from './ensure.ts';

type Choice = (all: typeof descriptions) => descriptions.KubeconfigDescription;

const ensure = () => import('./ensure.ts');

/** Hooks of the phase of one file. */
export function kubeconfigHooks(choose: Choice): Required<Pick<Phase<KubeconfigContext>, 'check' | 'prepare' | 'run'>> {
  const load = async (): Promise<descriptions.KubeconfigDescription> => choose(await import('../../core/kubeconfig/descriptions.ts'));
  return {
    check: async (context) => (await ensure()).checkKubeconfig(context, await load()),
    prepare: async (context) => (await ensure()).reserveKubeconfigKey(context, await load()),
    run: async (context, task) => (await ensure()).ensureKubeconfig(context, await load(), task),
  };
}
