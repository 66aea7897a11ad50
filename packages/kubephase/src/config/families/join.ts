/** JoinConfiguration. */
import { convertJoin } from '../convert/v1beta3.ts';
import { completeJoin } from '../defaults/join.ts';
import { checkDocument, isOldDocument } from '../schema/check.ts';
import type { JoinConfig } from '../types.ts';
import * as v1beta3 from '../v1beta3/join-configuration.ts';
import { joinConfiguration, type GivenJoin } from '../v1beta4/join-configuration.ts';
import { joinFileRules, joinRules } from '../validate/join.ts';
import type { Family } from './family.ts';

export const joinFamily: Family<GivenJoin, JoinConfig> = {
  kind: 'JoinConfiguration',
  typed: (document, reporter) => {
    if (!isOldDocument(document)) return checkDocument(joinConfiguration, document, reporter);
    const old = checkDocument(v1beta3.joinConfiguration, document, reporter);
    return old && convertJoin(old);
  },
  complete: completeJoin,
  fileRules: joinFileRules,
  rules: joinRules,
};
