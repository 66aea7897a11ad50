/** How a run of `repair` gets its configuration, the API of its cluster, and its context. */
import { loadInitConfig } from '../../../src/config/load.ts';
import { createKeySupply } from '../../../src/core/keys/supply.ts';
import { createPatches } from '../../../src/operations/patches.ts';
import { connectOnControlPlane } from '../../../src/run/admin.ts';
import type { RunWork } from '../../../src/run/work.ts';
import type { RepairConfig, RepairContext } from './context.ts';

export const work: RunWork<RepairContext, RepairConfig> = {
  skipField: 'InitConfiguration.skipPhases',
  dryRunVariable: 'KUBEADM_INIT_DRYRUN_DIR',
  load: loadInitConfig,
  announcement: ({ nodeRegistration }) => `repairing the control plane node ${nodeRegistration.name}`,
  connect: connectOnControlPlane,
  context: ({ config, host, ...parts }) => ({
    ...parts,
    config,
    host,
    keys: createKeySupply(),
    patches: createPatches(host.files, config.patchesDirectory),
  }),
};
