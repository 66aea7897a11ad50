/** What the flags of `init` ask for beside the configuration. */
import { isAbsolute, resolve } from 'node:path';
import type { FlagValues } from 'phaserunner';
import type { InitConfig, NodeRegistration } from '../../config/types.ts';
import type { InitOptions, InitPaths } from './context.ts';
import { defaultPaths } from './create-context.ts';

/** Value of a text flag. */
export function textFlag(flags: FlagValues, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** Absolute form of a path that a user gave. With a root folder the working directory is that root, as after chroot(2). */
export function absolutePath(path: string, flags: FlagValues): string {
  if (isAbsolute(path)) return path;
  return textFlag(flags, 'rootfs') === undefined ? resolve(path) : resolve('/', path);
}

/**
 * The configuration as this run uses it. Relative folders become absolute. In a rehearsal failed preflight checks only warn:
 * it is often done on another machine than the one that is meant, and should show the whole run.
 */
export function configForRun(config: InitConfig, flags: FlagValues): InitConfig {
  const { patchesDirectory, nodeRegistration } = config;
  return {
    ...config,
    ...(patchesDirectory === undefined ? {} : { patchesDirectory: absolutePath(patchesDirectory, flags) }),
    ...(config.dryRun ? { nodeRegistration: ignoringAll(nodeRegistration) } : {}),
  };
}

/** The names that were given stay, so that a misspelt one is told. */
function ignoringAll(node: NodeRegistration): NodeRegistration {
  return { ...node, ignorePreflightErrors: [...new Set([...node.ignorePreflightErrors, 'all'])] };
}

/** Files and folders that the flags move, as absolute paths. */
export function pathsOf(config: InitConfig, flags: FlagValues): InitPaths {
  const usual = defaultPaths(config);
  return {
    ...usual,
    kubeconfigs: absolutePath(textFlag(flags, 'kubeconfig-dir') ?? usual.kubeconfigs, flags),
    adminKubeconfig: absolutePath(textFlag(flags, 'kubeconfig') ?? usual.adminKubeconfig, flags),
  };
}

/** What the user wants printed and uploaded. `program` is the name under which the program runs. */
export function optionsOf(flags: FlagValues, program: string | undefined): InitOptions {
  return {
    program: program === 'kubeadm' ? 'kubeadm' : 'kubephase',
    uploadCerts: flags['upload-certs'] === true,
    skipTokenPrint: flags['skip-token-print'] === true,
    skipCertificateKeyPrint: flags['skip-certificate-key-print'] === true,
    printManifest: flags['print-manifest'] === true,
  };
}
