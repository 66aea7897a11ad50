/** A rule of validation: looks at a complete configuration and says what is not allowed. */
import type { ProblemCode } from '../../problems/catalogue.ts';
import type { InitConfig } from '../types.ts';
import type { GivenCluster } from '../v1beta4/cluster-configuration.ts';
import type { GivenInit } from '../v1beta4/init-configuration.ts';

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
export interface Remark {
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
