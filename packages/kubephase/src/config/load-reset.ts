/** Loads the configuration of `reset` from a file or from flags. Import it late. */
import type { Host } from '../host/port.ts';
import { loadKind, plainFlags } from './families/load.ts';
import { resetFamily } from './families/reset.ts';
import type { KindRequest, LoadedKind } from './request.ts';
import type { ResetConfig } from './types.ts';

const readFlags = plainFlags({
  'dry-run': 'ResetConfiguration.dryRun',
  'skip-phases': 'ResetConfiguration.skipPhases',
  'ignore-preflight-errors': 'ResetConfiguration.ignorePreflightErrors',
});

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadResetConfig(host: Host, request: KindRequest): Promise<LoadedKind<ResetConfig>> {
  return loadKind(resetFamily, { host, request, readFlags });
}
