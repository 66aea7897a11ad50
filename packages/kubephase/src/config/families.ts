/** The kinds that a command reads alone: how each is typed, completed and judged. */
import { completeJoin } from './defaults/join.ts';
import type { Tools } from './defaults/machine.ts';
import { completeReset } from './defaults/reset.ts';
import { completeUpgrade } from './defaults/upgrade.ts';
import { textOr } from './defaults/values.ts';
import type { Reporter } from './findings.ts';
import { checkDocument, isOldDocument, type CheckedDocument } from './schema/check.ts';
import * as v1beta3 from './schema/v1beta3.ts';
import {
  joinConfiguration,
  resetConfiguration,
  upgradeConfiguration,
  type GivenJoin,
  type GivenReset,
  type GivenUpgrade,
} from './schema/v1beta4.ts';
import type { JoinConfig, ResetConfig, UpgradeConfig } from './types.ts';
import { notAbsolute } from './validate/certificates.ts';
import { joinRules } from './validate/join.ts';
import { badIgnoredChecks, badPullPolicy, badSocket } from './validate/node.ts';
import type { Rule, Subject, Violation } from './validate/rule.ts';
import { didYouMean, unmountFlags } from './vocabulary.ts';

/** A document in the form of v1beta4, fields optional. */
export type Given = Readonly<Record<string, unknown>>;

export interface Family<G extends Given, C> {
  readonly kind: string;
  /** Older versions are converted. Undefined when nothing can be made of the document. */
  readonly typed: (document: CheckedDocument, reporter: Reporter) => Promise<G | undefined>;
  /** Fills in defaults. What cannot be completed is reported and gets a stand-in. */
  readonly complete: (given: G, detectCriSocket: boolean, tools: Tools) => Promise<C>;
  /** What is not allowed, whether the command is run or its file is only checked. */
  readonly rules: readonly Rule<Subject<G, C>>[];
}

export const joinFamily: Family<GivenJoin, JoinConfig> = {
  kind: 'JoinConfiguration',
  typed: async (document, reporter) => {
    if (!isOldDocument(document)) return checkDocument(joinConfiguration, document, reporter);
    const old = await checkDocument(v1beta3.joinConfiguration, document, reporter);
    return old && v1beta3.convertJoin(old);
  },
  complete: completeJoin,
  rules: joinRules,
};

const resetAt = 'ResetConfiguration';

/** In the order in which kubeadm reports. */
const resetRules: readonly Rule<Subject<GivenReset, ResetConfig>>[] = [
  {
    name: 'cri-socket',
    check: ({ config: { criSocket } }) => (criSocket === undefined ? [] : badSocket(`${resetAt}.criSocket`, criSocket)),
  },
  {
    name: 'certificates-dir',
    check: ({ config: { certificatesDir } }) =>
      certificatesDir === undefined ? [] : notAbsolute(`${resetAt}.certificatesDir`, certificatesDir),
  },
  { name: 'unmount-flags', check: ({ given }) => (given.unmountFlags ?? []).flatMap((flag, index) => badFlag(textOr(flag, ''), index)) },
  {
    name: 'ignored-checks',
    check: ({ config }) => badIgnoredChecks(`${resetAt}.ignorePreflightErrors`, config.ignorePreflightErrors),
  },
];

function badFlag(flag: string, index: number): readonly Violation[] {
  if (unmountFlags.some((known) => known === flag)) return [];
  const detail = `index ${index}: unknown flag "${flag}"; allowed are ${unmountFlags.join(', ')}`;
  return [{ field: `${resetAt}.unmountFlags.${index}`, value: flag, detail, ...didYouMean(flag, unmountFlags) }];
}

export const resetFamily: Family<GivenReset, ResetConfig> = {
  kind: 'ResetConfiguration',
  typed: (document, reporter) => checkDocument(resetConfiguration, document, reporter),
  complete: completeReset,
  rules: resetRules,
};

const upgradeAt = 'UpgradeConfiguration';

/** Commands that write static Pods. */
const changing = ['apply', 'node'] as const;

/** In the order in which kubeadm reports. */
const upgradeRules: readonly Rule<Subject<GivenUpgrade, UpgradeConfig>>[] = [
  {
    name: 'patches-directory',
    check: ({ given }) =>
      changing.flatMap((command) => {
        const patches = given[command]?.patches;
        return patches === null || patches === undefined
          ? []
          : notAbsolute(`${upgradeAt}.${command}.patches.directory`, patches.directory ?? '');
      }),
  },
  {
    name: 'image-pull-policy',
    check: ({ given }) =>
      changing.flatMap((command) => badPullPolicy(`${upgradeAt}.${command}.imagePullPolicy`, given[command]?.imagePullPolicy)),
  },
  {
    name: 'ignored-checks',
    check: ({ config }) =>
      (['apply', 'node', 'plan'] as const).flatMap((command) =>
        badIgnoredChecks(`${upgradeAt}.${command}.ignorePreflightErrors`, config[command].ignorePreflightErrors),
      ),
  },
];

export const upgradeFamily: Family<GivenUpgrade, UpgradeConfig> = {
  kind: 'UpgradeConfiguration',
  typed: (document, reporter) => checkDocument(upgradeConfiguration, document, reporter),
  complete: async (given) => completeUpgrade(given),
  rules: upgradeRules,
};
