/** What the work on static Pods uses of a run's context. */
import type { InitConfig } from '../../config/types.ts';
import type { Host } from '../../host/port.ts';
import type { ResolvedRelease } from '../../releases/release.ts';

export interface ManifestContext {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
  readonly paths: { readonly manifests: string };
  readonly host: Pick<Host, 'files' | 'environment'>;
}

/** Whether the components run as users of their own. */
export function isRootless({ config }: Pick<ManifestContext, 'config'>): boolean {
  return config.cluster.featureGates.RootlessControlPlane === true;
}
