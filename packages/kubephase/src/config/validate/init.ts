/** All rules of the init family, in the order in which kubeadm reports. */
import { textOr } from '../defaults/values.ts';
import type { BootstrapToken } from '../types.ts';
import { didYouMean, tokenUsages } from '../vocabulary.ts';
import { certificateRules } from './certificates.ts';
import { argumentRules, featureGateRules, imageRules, volumeRules } from './control-plane.ts';
import { etcdRules } from './etcd.ts';
import { networkingRules, nodeMaskRules } from './networking.ts';
import { endpointRules, nodeRules } from './node.ts';
import { questionableRules } from './questionable.ts';
import type { InitSubject, Rule, Violation } from './rule.ts';

const groupPattern = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;

type TokenCheck = (token: BootstrapToken, field: string) => readonly Violation[];

/** The form of tokens is checked when the document is read. */
const tokenRules: readonly Rule[] = [
  {
    name: 'token-usages',
    check: eachToken(({ usages }, field) => {
      const bad = usages.filter((usage) => !tokenUsages.includes(usage)).sort();
      const [first] = bad;
      if (first === undefined) return [];
      const detail = `unknown usages: ${bad.join(',')}; allowed are ${tokenUsages.join(',')}`;
      return [{ field: `${field}.usages`, value: usages, detail, ...didYouMean(first, tokenUsages) }];
    }),
  },
  {
    name: 'token-groups-need-authentication',
    check: eachToken(({ usages, groups }, field) => {
      if (groups.length === 0 || usages.includes('authentication')) return [];
      return [{ field: `${field}.groups`, value: groups, detail: 'groups need the usage "authentication"' }];
    }),
  },
  {
    name: 'token-groups',
    check: eachToken(({ groups }, field) =>
      groups
        .filter((group) => !groupPattern.test(group))
        .map((group) => ({
          field: `${field}.groups`,
          value: groups,
          detail: `the group "${group}" does not have the form \\A${groupPattern.source.slice(1, -1)}\\z`,
        })),
    ),
  },
  {
    name: 'token-lifetime',
    check: ({ init }) =>
      (init.bootstrapTokens ?? []).flatMap(({ ttl, expires }, index) => {
        if (textOr(ttl, '') === '' || textOr(expires, '') === '') return [];
        return [{ field: `InitConfiguration.bootstrapTokens.${index}`, value: '', detail: 'ttl and expires exclude each other' }];
      }),
  },
];

function eachToken(check: TokenCheck): (subject: InitSubject) => readonly Violation[] {
  return ({ config }) => config.bootstrapTokens.flatMap((token, index) => check(token, `InitConfiguration.bootstrapTokens.${index}`));
}

/** One set for every command: what `init` would refuse without a look at the machine, checking a file refuses too. */
export const initRules: readonly Rule[] = [
  ...nodeRules<InitSubject>('InitConfiguration', ({ config, init }) => ({ node: config.nodeRegistration, given: init.nodeRegistration })),
  ...tokenRules,
  ...networkingRules,
  ...nodeMaskRules,
  ...argumentRules,
  ...volumeRules,
  ...certificateRules,
  ...featureGateRules,
  ...imageRules,
  ...etcdRules,
  ...endpointRules,
  ...questionableRules,
];
