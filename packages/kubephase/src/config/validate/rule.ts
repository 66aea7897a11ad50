/** A rule of validation: looks at a complete configuration and says what is not allowed. Runs rules and reports what they find. */
import type { ProblemCode } from '../../problems/catalogue.ts';
import type { Reporter } from '../findings.ts';
import type { GivenCluster, GivenInit } from '../schema/v1beta4.ts';
import type { InitConfig } from '../types.ts';

/** What rules of the init family see. */
export interface InitSubject {
  /** Complete; values that could not be understood have their default. */
  readonly config: InitConfig;
  /** As given, for values that the complete form cannot hold. */
  readonly init: GivenInit;
  readonly cluster: GivenCluster;
}

/** What rules of a kind that is read alone see. */
export interface Subject<Given, Config> {
  /** Complete; values that could not be understood have their default. */
  readonly config: Config;
  /** As given, for values that the complete form cannot hold. */
  readonly given: Given;
}

export interface Violation {
  /** With its kind in front: `ClusterConfiguration.networking.podSubnet`. */
  readonly field: string;
  readonly value: unknown;
  /** Why, and what is allowed. */
  readonly detail: string;
  readonly remedy?: string;
}

/** Something that is accepted, but that the user should know. */
interface Remark {
  readonly field: string;
  readonly code?: ProblemCode;
  readonly remark: string;
  readonly remedy: string;
}

export type RuleResult = Violation | Remark;

export interface Rule<S = InitSubject> {
  readonly name: string;
  readonly check: (subject: S) => readonly RuleResult[];
}

/** Every rule is asked, so that the user sees everything at once. */
export function runRules<S>(rules: readonly Rule<S>[], subject: S, reporter: Reporter): void {
  const results = rules.flatMap((rule) => rule.check(subject));
  // Which fields are wrong before the rules: rules may report a field more than once.
  const wrong = new Set(results.map(({ field }) => field).filter((field) => reporter.isWrong(field)));
  for (const result of results) {
    const path = result.field.split('.');
    // A field that could not be completed has a stand-in: what rules say of that would only confuse.
    if (wrong.has(result.field)) continue;
    if ('remark' in result) {
      const { code = 'CONFIG_QUESTIONABLE_VALUE', remark, remedy } = result;
      reporter.warn(code, path, { summary: `${path.slice(1).join('.')}: ${remark}`, remedy });
    } else reporter.invalid(path, result);
  }
}
