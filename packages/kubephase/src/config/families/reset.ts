/** ResetConfiguration. */
import { completeReset } from '../defaults/reset.ts';
import { checkDocument } from '../schema/check.ts';
import type { ResetConfig } from '../types.ts';
import { resetConfiguration, type GivenReset } from '../v1beta4/reset-configuration.ts';
import { resetRules } from '../validate/reset.ts';
import type { Family } from './family.ts';

export const resetFamily: Family<GivenReset, ResetConfig> = {
  kind: 'ResetConfiguration',
  typed: (document, reporter) => checkDocument(resetConfiguration, document, reporter),
  complete: completeReset,
  fileRules: resetRules,
  rules: resetRules,
};
