/** Rules for bootstrap tokens. Their form is checked when the document is read. */
import { defaults, textOr } from '../defaults/values.ts';
import type { BootstrapToken } from '../types.ts';
import type { InitSubject, Rule, Violation } from './rule.ts';

const groupPattern = /^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/;
const allowedUsages: readonly string[] = defaults.tokenUsages;

type TokenCheck = (token: BootstrapToken, field: string) => readonly Violation[];

export const tokenRules: readonly Rule[] = [
  {
    name: 'token-usages',
    check: eachToken(({ usages }, field) => {
      const bad = usages.filter((usage) => !allowedUsages.includes(usage)).sort();
      if (bad.length === 0) return [];
      return [
        { field: `${field}.usages`, value: usages, detail: `unknown usages: ${bad.join(',')}; allowed are ${allowedUsages.join(',')}` },
      ];
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
