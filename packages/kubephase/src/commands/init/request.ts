/** What the flags of `init` ask for beside the configuration. */
import { isAbsolute, resolve } from 'node:path';
import type { FlagValues } from 'phaserunner';
import type { InitConfig } from '../../config/types.ts';
import type { InitOptions, InitPaths } from './context.ts';

/** Value of a text flag. */
export function textFlag(flags: FlagValues, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

/** Absolute path of `--config`. With a root folder the working directory is that root, as after chroot(2). */
export function configPathOf(flags: FlagValues): string | undefined {
  const path = textFlag(flags, 'config');
  if (path === undefined || isAbsolute(path)) return path;
  return textFlag(flags, 'rootfs') === undefined ? resolve(path) : resolve('/', path);
}

/** Files and folders of the run. */
export function pathsOf(config: InitConfig, flags: FlagValues): InitPaths {
  return {
    certificates: config.cluster.certificatesDir,
    kubeconfigs: textFlag(flags, 'kubeconfig-dir') ?? '/etc/kubernetes',
    manifests: '/etc/kubernetes/manifests',
    kubelet: '/var/lib/kubelet',
    adminKubeconfig: textFlag(flags, 'kubeconfig') ?? '/etc/kubernetes/admin.conf',
  };
}

/** What the user wants printed and uploaded. */
export function optionsOf(flags: FlagValues): InitOptions {
  return {
    uploadCerts: flags['upload-certs'] === true,
    skipTokenPrint: flags['skip-token-print'] === true,
    skipCertificateKeyPrint: flags['skip-certificate-key-print'] === true,
    printManifest: flags['print-manifest'] === true,
  };
}
