/** Loads the configuration of a command of `upgrade` from a file or from flags. Import it late. */
import type { Host } from '../host/port.ts';
import type { ChoiceFields } from './choices.ts';
import { loadKind, plainFlags } from './families/load.ts';
import { upgradeFamily } from './families/upgrade.ts';
import type { LoadedKind, UpgradeRequest } from './request.ts';
import type { UpgradeConfig } from './types.ts';

/** Never throws for bad input: everything the user can mend comes back as problems, all together. */
export async function loadUpgradeConfig(host: Host, request: UpgradeRequest): Promise<LoadedKind<UpgradeConfig>> {
  return loadKind(upgradeFamily, { host, request, readFlags: plainFlags(choicesOf(request.command)) });
}

/** Not every command has every field. */
function choicesOf(command: UpgradeRequest['command']): ChoiceFields {
  const at = `UpgradeConfiguration.${command}`;
  if (command === 'diff') return {};
  const common = { 'dry-run': `${at}.dryRun`, 'ignore-preflight-errors': `${at}.ignorePreflightErrors` };
  return command === 'plan' ? common : { ...common, 'skip-phases': `${at}.skipPhases` };
}
