/** UpgradeConfiguration. */
import { completeUpgrade } from '../defaults/upgrade.ts';
import { checkDocument } from '../schema/check.ts';
import type { UpgradeConfig } from '../types.ts';
import { upgradeConfiguration, type GivenUpgrade } from '../v1beta4/upgrade-configuration.ts';
import { upgradeRules } from '../validate/upgrade.ts';
import type { Family } from './family.ts';

export const upgradeFamily: Family<GivenUpgrade, UpgradeConfig> = {
  kind: 'UpgradeConfiguration',
  typed: (document, reporter) => checkDocument(upgradeConfiguration, document, reporter),
  complete: async (given) => completeUpgrade(given),
  fileRules: upgradeRules,
  rules: upgradeRules,
};
