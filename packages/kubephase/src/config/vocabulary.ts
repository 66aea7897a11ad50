/** The vocabulary of configuration files: versions, kinds, words of fields with a fixed choice, and what messages say of other words. */
import { nearest } from 'phaserunner';
import type { EncryptionAlgorithm, NodeRegistration, UnmountFlag } from './types.ts';

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

/** Every algorithm that keys can have. Upper and lower case count, as in all words that follow. */
export const encryptionAlgorithms: readonly EncryptionAlgorithm[] = ['ECDSA-P256', 'ECDSA-P384', 'RSA-2048', 'RSA-3072', 'RSA-4096'];

export const imagePullPolicies: readonly NodeRegistration['imagePullPolicy'][] = ['Always', 'IfNotPresent', 'Never'];

/** What a bootstrap token may do. */
export const tokenUsages: readonly string[] = ['signing', 'authentication'];

/** Flags of umount2(2). */
export const unmountFlags: readonly UnmountFlag[] = ['MNT_FORCE', 'MNT_DETACH', 'MNT_EXPIRE', 'UMOUNT_NOFOLLOW'];

/** @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export const taintEffects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** What a hostPath volume may look for or make. @see https://kubernetes.io/docs/concepts/storage/volumes/#hostpath */
export const pathTypes: readonly string[] = [
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];

/** Returns the known word that differs from `word` by case only or by few letters, or undefined when none is near. */
export function nearestKnown(word: string, known: readonly string[]): string | undefined {
  // Keys of a file may have a megabyte, and comparing takes the product of both lengths. A word twice as long is never near.
  return nearest(
    word,
    known.filter((candidate) => candidate.length * 2 >= word.length),
  );
}

/** Every kind that a file may have. */
export const allKinds: readonly string[] = [...(kubeadmKinds['v1beta4'] ?? []), ...componentKinds.map(({ kind }) => kind)];

/** The kind that `word` was probably meant to be; most who are wrong leave something out of "Configuration". */
export function nearestKind(word: string): string | undefined {
  const meant = nearestKnown(stemOf(word), allKinds.map(stemOf));
  return nearestKnown(word, allKinds) ?? allKinds.find((kind) => stemOf(kind) === meant);
}

function stemOf(kind: string): string {
  return kind.replace(/conf.*$/i, '');
}

/** The remedy that names the word probably meant, for a value or a name that is not known; empty when none is near. */
export function didYouMean(word: string, known: readonly string[]): { readonly remedy?: string } {
  const meant = nearestKnown(word, known);
  return meant === undefined ? {} : { remedy: `Did you mean "${meant}"?` };
}
