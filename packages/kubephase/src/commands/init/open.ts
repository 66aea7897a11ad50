/** How a run of `init` gets its configuration, the API of its cluster, and its context. */
import { applyAddonSkips } from '../../config/addons.ts';
import { loadInitConfig } from '../../config/load.ts';
import type { InitConfig } from '../../config/types.ts';
import { connectOnControlPlane } from '../../run/admin.ts';
import type { RunWork } from '../../run/work.ts';
import { createInitContext, type InitContext } from './context.ts';

export const work: RunWork<InitContext, InitConfig> = {
  skipField: 'InitConfiguration.skipPhases',
  dryRunVariable: 'KUBEADM_INIT_DRYRUN_DIR',
  withoutRuntime: ['upload-config'],
  load: loadInitConfig,
  switches: applyAddonSkips,
  announcement: ({ cluster }) => `using Kubernetes version: ${cluster.kubernetesVersion}`,
  // Phases that take the flag only print then; beside other phases they do not.
  readsOnly: ({ flags, phase }) => phase !== undefined && flags['print-manifest'] === true,
  connect: connectOnControlPlane,
  context: ({ flags, ...parts }) =>
    createInitContext({
      ...parts,
      options: {
        uploadCerts: flags['upload-certs'] === true,
        skipTokenPrint: flags['skip-token-print'] === true,
        skipCertificateKeyPrint: flags['skip-certificate-key-print'] === true,
        printManifest: flags['print-manifest'] === true,
      },
    }),
};
