/** Flags of every command. */
import type { FlagTable } from './flag.ts';

export const globalFlags = {
  rootfs: {
    name: 'rootfs',
    type: 'string',
    placeholder: 'DIR',
    description: 'Work on the file system below this folder; no chroot, and no rights of root needed',
    besideConfig: true,
  },
  v: {
    name: 'v',
    short: 'v',
    type: 'integer',
    placeholder: 'N',
    description: 'Tell more: 1 tells the steps, higher numbers more',
    besideConfig: true,
  },
  vmodule: {
    name: 'vmodule',
    type: 'string',
    hidden: true,
    deprecated: 'it has no effect: kubephase has no log levels by source file',
    description: 'Accepted for scripts that were written for kubeadm',
    besideConfig: true,
  },
} as const satisfies FlagTable;

/** `-o` of `version`. */
export const versionOutputFlag = {
  name: 'output',
  short: 'o',
  type: 'string',
  default: 'text',
  choices: ['text', 'short', 'json', 'yaml'],
  description: 'Form of the output',
} as const;
