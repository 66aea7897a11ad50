/** Every code that kubephase can report. The only place that makes problems. */
import { ProblemError, engineCodes, type Evidence, type Location, type Problem } from 'phaserunner';
import { clusterCodes } from './codes/cluster.ts';
import { commandLineCodes } from './codes/command-line.ts';
import { configurationCodes } from './codes/configuration.ts';
import { etcdCodes } from './codes/etcd.ts';
import { hostCodes } from './codes/host.ts';
import { pkiCodes } from './codes/pki.ts';
import { staticPodCodes } from './codes/static-pods.ts';
import type { CodeTable } from './codes/code.ts';
import { exitCodes, type ExitCodeName } from './exit-code.ts';

const engineExits: Readonly<Record<string, ExitCodeName>> = {
  PHASE_UNKNOWN: 'usage',
  PHASE_AMBIGUOUS: 'usage',
  SELECTION_EMPTY: 'usage',
  SELECTION_CONFLICT: 'usage',
  PHASE_NEEDS_MISSING: 'usage',
  EXTRA_PHASES_INVALID: 'usage',
  PHASE_TIMED_OUT: 'timeout',
};

/** All tables in one, in the order of the reference page. */
export const catalogue = {
  ...commandLineCodes,
  ...configurationCodes,
  ...hostCodes,
  ...pkiCodes,
  ...staticPodCodes,
  ...clusterCodes,
  ...etcdCodes,
} as const satisfies CodeTable;

export type ProblemCode = keyof typeof catalogue;

/** What is known of a problem beside its code. */
export interface ProblemFields {
  readonly summary: string;
  readonly detail?: string;
  readonly evidence?: readonly Evidence[];
  readonly remedy?: string;
  readonly where?: Location;
  readonly cause?: unknown;
}

/** Makes a problem with a code of the catalogue. */
export function problem(code: ProblemCode, fields: ProblemFields): Problem {
  return { code, ...fields };
}

/** Makes the error that carries one problem. */
export function failure(code: ProblemCode, fields: ProblemFields): ProblemError {
  return new ProblemError(problem(code, fields));
}

/** Meaning and exit code of `code`, engine codes included; undefined for codes of extra phases. */
export function describeCode(code: string): { readonly meaning: string; readonly exit: ExitCodeName } | undefined {
  const own = (catalogue as CodeTable)[code];
  if (own !== undefined) return own;
  const meaning = (engineCodes as Readonly<Record<string, string>>)[code];
  return meaning === undefined ? undefined : { meaning, exit: engineExits[code] ?? 'failure' };
}

/** Exit code for a failed run: that of its first problem. */
export function exitCodeOf(problems: readonly Problem[]): number {
  const first = problems[0];
  return exitCodes[(first === undefined ? undefined : describeCode(first.code)?.exit) ?? 'failure'].code;
}
