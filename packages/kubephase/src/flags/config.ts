/** Flags of the commands below `config`. */
import type { Flag } from 'phaserunner';
import type { FlagTable } from './flag.ts';
import { initFlags } from './init.ts';

const configFlags = {
  'allow-deprecated-api': {
    name: 'allow-deprecated-api',
    type: 'boolean',
    description: 'Do not warn of API versions that are still read but no longer written',
  },
  'allow-experimental-api': {
    name: 'allow-experimental-api',
    type: 'boolean',
    description: 'Read API versions that are not released yet; this release knows none',
  },
  'allow-missing-template-keys': {
    name: 'allow-missing-template-keys',
    type: 'boolean',
    default: true,
    description: 'Let templates print nothing for a field that does not exist, instead of failing',
  },
  'component-configs': {
    name: 'component-configs',
    type: 'list',
    placeholder: 'KIND',
    description: 'Print these kinds too: KubeletConfiguration, KubeProxyConfiguration',
  },
  config: { ...initFlags.config, description: 'Configuration file; - for standard input' },
  'cri-socket': { ...initFlags['cri-socket'], description: 'Socket of the container runtime; not used with --config' },
  kubeconfig: {
    name: 'kubeconfig',
    type: 'string',
    placeholder: 'FILE',
    description: 'Accepted for scripts that were written for kubeadm; no command here contacts the cluster',
    hidden: true,
  },
  'new-config': {
    name: 'new-config',
    type: 'string',
    placeholder: 'FILE',
    description: 'Write to this file, replacing it as a whole; standard output when not given',
  },
  'old-config': {
    name: 'old-config',
    type: 'string',
    placeholder: 'FILE',
    description: 'Configuration file to convert; - for standard input',
  },
  origin: {
    name: 'origin',
    type: 'boolean',
    description: 'Tell where each value comes from: the file, a flag, this machine, or a default',
  },
  'show-managed-fields': {
    name: 'show-managed-fields',
    type: 'boolean',
    description: 'Accepted for scripts that were written for kubeadm; these objects have no such fields',
    hidden: true,
  },
  'show-secrets': {
    name: 'show-secrets',
    type: 'boolean',
    description: 'Print tokens and the certificate key in clear',
  },
  'with-defaults': {
    name: 'with-defaults',
    type: 'boolean',
    description: 'Write every field, with its default or what was found on this machine, as kubeadm does',
  },
} as const satisfies FlagTable;

const output = { name: 'output', short: 'o', type: 'string' } as const;
const { 'allow-unknown-version': allowUnknownVersion, strict } = initFlags;

/** Flags of `config` itself: every command below takes them. */
export const groupFlags: readonly Flag[] = [configFlags.kubeconfig];

export const printInitFlags: readonly Flag[] = [configFlags['component-configs']];

export const validateFlags: readonly Flag[] = [
  configFlags.config,
  configFlags['allow-deprecated-api'],
  configFlags['allow-experimental-api'],
  allowUnknownVersion,
  { ...output, default: 'text', choices: ['text', 'json'], description: 'Form of the output; json is a list of problems' },
];

export const migrateFlags: readonly Flag[] = [
  configFlags['old-config'],
  configFlags['new-config'],
  configFlags['with-defaults'],
  configFlags['allow-experimental-api'],
  allowUnknownVersion,
];

const imageFlags: readonly Flag[] = [
  configFlags.config,
  initFlags['kubernetes-version'],
  initFlags['image-repository'],
  initFlags['feature-gates'],
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
  configFlags['allow-missing-template-keys'],
  configFlags['show-managed-fields'],
];

export const pullImagesFlags: readonly Flag[] = [...imageFlags, configFlags['cri-socket']];

export const showFlags: readonly Flag[] = [
  configFlags.config,
  configFlags.origin,
  configFlags['show-secrets'],
  { ...configFlags['component-configs'], choices: ['KubeletConfiguration', 'KubeProxyConfiguration'] },
  strict,
  allowUnknownVersion,
  { ...output, default: 'yaml', choices: ['yaml', 'json'], description: 'Form of the output' },
];

/** Flags that set fields of the configuration: `config show` answers what `init` would make of them. */
export const fieldFlags: readonly Flag[] = Object.values(initFlags).filter((flag) => 'field' in flag && !('hidden' in flag));
