/** The words that fields with a fixed choice take. Upper and lower case count. */
import type { EncryptionAlgorithm, NodeRegistration, UnmountFlag } from './types.ts';

/** Every algorithm that keys can have. */
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
