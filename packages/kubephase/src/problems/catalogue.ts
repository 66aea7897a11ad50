/** Every code that kubephase can report, and the only place that makes problems. */
import {
  engineCodes,
  ProblemError,
  problemsOf as engineProblemsOf,
  retryableCodes,
  usageCodes,
  type EngineCode,
  type Evidence,
  type Location,
  type Problem,
  type UsageCode,
} from 'phaserunner';
import { clusterCodes, etcdCodes } from './codes/cluster.ts';
import { commandLineCodes, configurationCodes, hostCodes, pkiCodes, staticPodCodes } from './codes/machine.ts';
import { exitCodes, type CodeEntry, type CodeTable, type ExitCodeName } from './exit-code.ts';

/** Exit codes of what the engine reports; all else of it is a plain failure. */
const engineExits: Readonly<Partial<Record<EngineCode | UsageCode, ExitCodeName>>> = {
  PHASE_UNKNOWN: 'usage',
  PHASE_AMBIGUOUS: 'usage',
  SELECTION_EMPTY: 'usage',
  SELECTION_CONFLICT: 'usage',
  PHASE_NEEDS_MISSING: 'usage',
  EXTRA_PHASES_INVALID: 'usage',
  PHASE_TIMED_OUT: 'timeout',
  COMMAND_UNKNOWN: 'usage',
  SUBCOMMAND_REQUIRED: 'usage',
  FLAG_UNKNOWN: 'usage',
  FLAG_VALUE_INVALID: 'usage',
  FLAG_CONFLICT: 'usage',
  ARGUMENT_UNEXPECTED: 'usage',
  ARGUMENT_MISSING: 'usage',
  OUTPUT_UNWRITABLE: 'host',
};

/** Gives codes of the engine their exit codes. */
function withExits<Code extends EngineCode | UsageCode>(meanings: Readonly<Record<Code, string>>): Readonly<Record<Code, CodeEntry>> {
  const rows = Object.entries<string>(meanings).map(([code, meaning]) => [code, { meaning, exit: engineExits[code as Code] ?? 'failure' }]);
  return Object.fromEntries(rows) as Record<Code, CodeEntry>;
}

/** The tables, in the order of the reference page. No code stands in two of them. */
export const codeTables = [
  withExits(usageCodes),
  withExits(engineCodes),
  commandLineCodes,
  configurationCodes,
  hostCodes,
  pkiCodes,
  staticPodCodes,
  clusterCodes,
  etcdCodes,
] as const;

type KeysOf<T> = T extends unknown ? keyof T : never;

/** Every code that this program reports; extra phases may bring others. */
export type ProblemCode = KeysOf<(typeof codeTables)[number]>;

/** All tables in one. */
export const catalogue = Object.assign({}, ...codeTables) as Readonly<Record<ProblemCode, CodeEntry>>;

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

/** What else callers know stays with them: a problem is printed as data, field by field. */
const fieldNames = [
  'summary',
  'detail',
  'evidence',
  'remedy',
  'make',
  'where',
  'cause',
] as const satisfies readonly (keyof ProblemFields)[];

/** Makes a problem with a code of the catalogue. */
export function problem(code: ProblemCode, fields: ProblemFields): Problem {
  const known = fieldNames.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const]));
  return { code, summary: fields.summary, ...Object.fromEntries(known) };
}

/** Makes the error that carries one problem. */
export function failure(code: ProblemCode, fields: ProblemFields): ProblemError {
  return new ProblemError(problem(code, fields));
}

/** Returns the problems inside `error`; any other error becomes one problem with the given code. */
export function problemsOf(error: unknown, code: ProblemCode, where?: Location): readonly [Problem, ...(readonly Problem[])] {
  return engineProblemsOf(error, code, where);
}

/** Meaning and exit code of `code`; undefined for codes of extra phases. */
export function describeCode(code: string): CodeEntry | undefined {
  return Object.hasOwn(catalogue, code) ? (catalogue as CodeTable)[code] : undefined;
}

/** Whether the same command may succeed when it is simply run again; false for codes that nobody knows. */
export function isRetryable(code: string): boolean {
  return describeCode(code)?.retryable === true || retryableCodes.has(code);
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
