/** Flags of the commands below `preflight`. */
import type { Flag } from 'phaserunner';
import { fieldFlags } from './config.ts';
import { flags } from './flags.ts';

const output: Flag = {
  name: 'output',
  short: 'o',
  type: 'string',
  default: 'text',
  choices: ['text', 'json', 'yaml'],
  description: 'Form of the output',
};

const { config, strict, 'allow-unknown-version': allowUnknownVersion, 'ignore-preflight-errors': ignorePreflightErrors } = flags;

/** Flags of `preflight list` and `preflight explain`. */
export const describeFlags: readonly Flag[] = [output];

/** The flags with which `init` would be called. */
export const runFlags: readonly Flag[] = [config, ignorePreflightErrors, strict, allowUnknownVersion, ...fieldFlags, output];
