/** Codes of certificates, keys and kubeconfig files. */
import type { CodeTable } from './code.ts';

export const pkiCodes = {} as const satisfies CodeTable;
