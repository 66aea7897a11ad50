/** All rules of ResetConfiguration, in the order in which kubeadm reports. */
import { textOr } from '../defaults/values.ts';
import { didYouMean } from '../schema/nearest.ts';
import type { ResetConfig } from '../types.ts';
import type { GivenReset } from '../v1beta4/reset-configuration.ts';
import { unmountFlags } from '../words.ts';
import { notAbsolute } from './certificates.ts';
import { badIgnoredChecks, badSocket } from './node.ts';
import type { Rule, Subject, Violation } from './rule.ts';

const at = 'ResetConfiguration';

export const resetRules: readonly Rule<Subject<GivenReset, ResetConfig>>[] = [
  {
    name: 'cri-socket',
    check: ({ config: { criSocket } }) => (criSocket === undefined ? [] : badSocket(`${at}.criSocket`, criSocket)),
  },
  {
    name: 'certificates-dir',
    check: ({ config: { certificatesDir } }) =>
      certificatesDir === undefined ? [] : notAbsolute(`${at}.certificatesDir`, certificatesDir),
  },
  { name: 'unmount-flags', check: ({ given }) => (given.unmountFlags ?? []).flatMap((flag, index) => badFlag(textOr(flag, ''), index)) },
  {
    name: 'ignored-checks',
    check: ({ config }) => badIgnoredChecks(`${at}.ignorePreflightErrors`, config.ignorePreflightErrors),
  },
];

function badFlag(flag: string, index: number): readonly Violation[] {
  if (unmountFlags.some((known) => known === flag)) return [];
  const detail = `index ${index}: unknown flag "${flag}"; allowed are ${unmountFlags.join(', ')}`;
  return [{ field: `${at}.unmountFlags.${index}`, value: flag, detail, ...didYouMean(flag, unmountFlags) }];
}
