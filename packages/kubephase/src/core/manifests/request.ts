/** What a static Pod is computed from. */
import type { EnvVar, InitConfig } from '../../config/types.ts';
import type { ResolvedRelease } from '../../releases/release.ts';

export type StaticPodName = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd';

/** What of the machine shows in the manifests. */
export interface HostFacts {
  /** Those of the release's `caDirectories` that exist. */
  readonly caDirectories: readonly string[];
  /** Variables of this process whose names end in `_proxy`. */
  readonly proxyVariables: readonly EnvVar[];
  /** The CA's key is not on this machine, so the controller manager cannot sign. */
  readonly externalCa: boolean;
}

export interface ManifestRequest {
  readonly config: InitConfig;
  readonly release: ResolvedRelease;
  readonly facts: HostFacts;
}

/** Folder of the kubeconfig files inside manifests, wherever `--kubeconfig-dir` writes them. */
export const kubernetesDirectory = '/etc/kubernetes';
