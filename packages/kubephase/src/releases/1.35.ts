/**
 * Kubernetes 1.35, deployed the way kubeadm 1.36 deploys it: the reference supports its own minor and the one
 * before, and uses the same images and manifests for both.
 */
import { release as next } from './1.36.ts';
import type { Release } from './release.ts';

export const release = { ...next, minor: '1.35', lastPatch: 6 } as const satisfies Release;
