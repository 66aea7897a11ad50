/** API versions and kinds that a configuration file may hold. */

export const kubeadmGroup = 'kubeadm.k8s.io';

/** Removed versions, with the last tool that still migrates them. */
export const removedVersions: Readonly<Record<string, string>> = {
  v1alpha1: 'v1.11',
  v1alpha2: 'v1.12',
  v1alpha3: 'v1.14',
  v1beta1: 'v1.15',
  v1beta2: 'v1.22',
};

export const deprecatedVersions: ReadonlySet<string> = new Set(['v1beta3']);

/** Kinds of the tool by version. */
export const kubeadmKinds: Readonly<Record<string, readonly string[]>> = {
  v1beta3: ['InitConfiguration', 'ClusterConfiguration', 'JoinConfiguration'],
  v1beta4: ['InitConfiguration', 'ClusterConfiguration', 'JoinConfiguration', 'ResetConfiguration', 'UpgradeConfiguration'],
};

export interface ComponentKind {
  readonly group: string;
  readonly version: string;
  readonly kind: 'KubeletConfiguration' | 'KubeProxyConfiguration';
}

/** Configurations of components that travel in the same file. */
export const componentKinds = [
  { group: 'kubelet.config.k8s.io', version: 'v1beta1', kind: 'KubeletConfiguration' },
  { group: 'kubeproxy.config.k8s.io', version: 'v1alpha1', kind: 'KubeProxyConfiguration' },
] as const satisfies readonly ComponentKind[];
