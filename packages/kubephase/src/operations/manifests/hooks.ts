/** Hooks of the phases that write one manifest each. The work is loaded when it is needed. */
import type { Phase } from 'phaserunner';
import type { StaticPodName } from '../../core/manifests/pod.ts';
import type { ManifestContext } from './context.ts';

export function manifestHooks(component: StaticPodName): Required<Pick<Phase<ManifestContext>, 'check' | 'run'>> {
  return {
    check: async (context) => (await import('./check.ts')).checkManifest(context, component),
    run: async (context, task) => {
      const work = await import('./write.ts');
      if (component === 'etcd') await work.makeDataDirectory(context);
      await work.writeManifest(context, component, task);
    },
  };
}
