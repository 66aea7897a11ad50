/** Codes of static Pods, patches and the kubelet's files. */
import type { CodeTable } from './code.ts';

export const staticPodCodes = {} as const satisfies CodeTable;
