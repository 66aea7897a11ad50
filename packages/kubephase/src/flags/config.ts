/** Flags of the commands below `config`. */
import type { Flag } from 'phaserunner';
import { flags } from './flags.ts';
import { initFields } from './init.ts';

const output = { name: 'output', short: 'o', type: 'string' } as const;
const { 'allow-unknown-version': allowUnknownVersion, strict } = flags;
const config: Flag = { ...flags.config, description: 'Configuration file; - for standard input' };

/** Flags of `config` itself: every command below takes them. */
export const groupFlags: readonly Flag[] = [
  {
    ...withoutDefault(flags.kubeconfig),
    description: 'Accepted for scripts that were written for kubeadm; no command here contacts the cluster',
    hidden: true,
  },
];

function withoutDefault(flag: Flag): Flag {
  const { default: _default, ...rest } = flag;
  return rest;
}

export const printInitFlags: readonly Flag[] = [flags['component-configs']];

export const validateFlags: readonly Flag[] = [
  config,
  flags['allow-deprecated-api'],
  flags['allow-experimental-api'],
  allowUnknownVersion,
  { ...output, default: 'text', choices: ['text', 'json', 'yaml'], description: 'Form of the output' },
];

export const migrateFlags: readonly Flag[] = [
  flags['old-config'],
  flags['new-config'],
  flags['with-defaults'],
  flags['allow-experimental-api'],
  allowUnknownVersion,
];

const imageFlags: readonly Flag[] = [
  config,
  flags['kubernetes-version'],
  flags['image-repository'],
  flags['feature-gates'],
  strict,
  allowUnknownVersion,
];

export const listImagesFlags: readonly Flag[] = [
  ...imageFlags,
  {
    ...output,
    placeholder: 'FORMAT',
    default: 'text',
    description:
      'text, json, yaml, kyaml, or a template: jsonpath=…, jsonpath-as-json=…, go-template=…; from a file: jsonpath-file=…, go-template-file=…',
  },
  flags['allow-missing-template-keys'],
  flags['show-managed-fields'],
];

export const pullImagesFlags: readonly Flag[] = [
  ...imageFlags,
  { ...flags['cri-socket'], description: 'Socket of the container runtime; not used with --config' },
];

export const showFlags: readonly Flag[] = [
  config,
  flags.origin,
  flags['show-secrets'],
  { ...flags['component-configs'], choices: ['KubeletConfiguration', 'KubeProxyConfiguration'] },
  strict,
  allowUnknownVersion,
  { ...output, default: 'yaml', choices: ['yaml', 'json'], description: 'Form of the output' },
];

/** Flags that set fields of the configuration: `config show` answers what `init` would make of them. */
export const fieldFlags: readonly Flag[] = Object.values<Flag>(flags).filter(
  ({ name, hidden }) => name in initFields.fields && hidden !== true,
);
