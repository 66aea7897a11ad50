/** All rules of UpgradeConfiguration, in the order in which kubeadm reports. */
import type { UpgradeConfig } from '../types.ts';
import type { GivenUpgrade } from '../v1beta4/upgrade-configuration.ts';
import { notAbsolute } from './certificates.ts';
import { badIgnoredChecks, badPullPolicy } from './node.ts';
import type { Rule, Subject } from './rule.ts';

const at = 'UpgradeConfiguration';

/** Commands that write static Pods. */
const changing = ['apply', 'node'] as const;

export const upgradeRules: readonly Rule<Subject<GivenUpgrade, UpgradeConfig>>[] = [
  {
    name: 'patches-directory',
    check: ({ given }) =>
      changing.flatMap((command) => {
        const patches = given[command]?.patches;
        return patches === null || patches === undefined ? [] : notAbsolute(`${at}.${command}.patches.directory`, patches.directory ?? '');
      }),
  },
  {
    name: 'image-pull-policy',
    check: ({ given }) => changing.flatMap((command) => badPullPolicy(`${at}.${command}.imagePullPolicy`, given[command]?.imagePullPolicy)),
  },
  {
    name: 'ignored-checks',
    check: ({ config }) =>
      (['apply', 'node', 'plan'] as const).flatMap((command) =>
        badIgnoredChecks(`${at}.${command}.ignorePreflightErrors`, config[command].ignorePreflightErrors),
      ),
  },
];
