/** Every code that kubephase can report, and the only place that makes problems. */
import { engineCodes, ProblemError, type Evidence, type Location, type Problem } from 'phaserunner';
import { clusterCodes, etcdCodes } from './codes/cluster.ts';
import { commandLineCodes, configurationCodes, hostCodes, pkiCodes, staticPodCodes } from './codes/machine.ts';
import { exitCodes, type CodeTable, type ExitCodeName } from './exit-code.ts';

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
  /** Name of the result that mends it when a phase makes it (`results.ts`), or several. */
  readonly make?: string | readonly string[];
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

/** A problem that stops nothing, on one line: place, what is questionable, and what to do about it. */
export function warningText({ summary, where, remedy }: Problem): string {
  const place =
    where?.file === undefined ? where?.object : [where.file, where.line, where.column].filter((part) => part !== undefined).join(':');
  const fact = place === undefined ? summary : `${place}: ${summary}`;
  return remedy === undefined ? fact : `${fact}. ${remedy}`;
}
