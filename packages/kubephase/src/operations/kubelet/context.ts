/** What the work on the kubelet's files uses of a run's context. */
import type { InitConfig } from '../../config/types.ts';
import type { Host } from '../../host/port.ts';
import type { ResolvedRelease } from '../../releases/release.ts';

export interface KubeletContext {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
  readonly paths: { readonly kubelet: string };
  readonly host: Pick<Host, 'files' | 'services'> & { readonly network: Pick<Host['network'], 'hostName'> };
}

/** Absolute paths of the files. */
export function kubeletFiles({ paths }: Pick<KubeletContext, 'paths'>) {
  return {
    flags: `${paths.kubelet}/kubeadm-flags.env`,
    instance: `${paths.kubelet}/instance-config.yaml`,
    configuration: `${paths.kubelet}/config.yaml`,
  } as const;
}
