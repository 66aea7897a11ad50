/** Collects what is wrong with a configuration, each finding once and with the place of its field. */
import type { Location, Problem } from 'phaserunner';
import { problem, type ProblemCode, type ProblemFields } from '../problems/catalogue.ts';
import type { LoadOptions } from './request.ts';

/** Kind, then keys and zero-based indexes. */
export type FieldPath = readonly (string | number)[];

/** Location of a field, or of what encloses it when the field is missing. */
export type Places = (path: FieldPath) => Location;

/** `lenient` is an error in strict mode and a warning otherwise. */
export type Severity = 'error' | 'warning' | 'lenient';

export interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly add: (severity: Severity, found: Problem) => void;
  /** Whether further findings of this severity would be left out. */
  readonly isFull: (severity: Severity) => boolean;
  /** Name under which the program runs. */
  readonly program: string;
  /** Paths of fields that have an error, with their kind in front. */
  readonly wrongFields: Set<string>;
}

/** Nobody reads more, and a file of a megabyte can cause a hundred thousand. */
const maxOfOneKind = 1000;

/** How findings are judged and worded. */
export type FindingOptions = Pick<LoadOptions, 'strict' | 'program'>;

export function createFindings({ strict = false, program = 'kubephase' }: FindingOptions): Findings {
  const problems = createList('problems');
  const warnings = createList('warnings');
  const listOf = (severity: Severity) => (severity === 'error' || (severity === 'lenient' && strict) ? problems : warnings);
  return {
    problems: problems.list,
    warnings: warnings.list,
    program,
    wrongFields: new Set(),
    isFull: (severity) => listOf(severity).isFull(),
    add: (severity, found) => listOf(severity).add(found),
  };
}

function createList(noun: string) {
  const list: Problem[] = [];
  const seen = new Set<string>();
  const isFull = () => list.length > maxOfOneKind;
  const add = (found: Problem): void => {
    const key = JSON.stringify([found.code, found.summary, found.where]);
    if (isFull() || seen.has(key)) return;
    seen.add(key);
    list.push(list.length === maxOfOneKind ? more(noun, found.where) : found);
  };
  return { list, add, isFull };
}

function more(noun: string, where: Location | undefined): Problem {
  return problem('CONFIG_MORE_FINDINGS', {
    summary: `there are more than ${maxOfOneKind} ${noun}; the rest is left out`,
    remedy: 'Make sure that the file is the one meant, mend the first ones, and try again.',
    ...(where === undefined ? {} : { where }),
  });
}

/** A field and its value that a rule refuses. */
interface InvalidValue {
  readonly value: unknown;
  /** Why, and what is allowed. */
  readonly detail: string;
  readonly remedy?: string;
}

type Words = Omit<ProblemFields, 'where'>;
type Report = (code: ProblemCode, path: FieldPath, words: Words) => void;

/** Reports findings by the path of a field; the place follows from it. */
export interface Reporter {
  readonly error: Report;
  readonly warn: Report;
  readonly lenient: Report;
  /** `<field>: Invalid value: <value>: <detail>`, the form of Kubernetes' own validation. */
  readonly invalid: (path: FieldPath, invalid: InvalidValue) => void;
  /** Whether the field, with its kind in front, has an error so far. */
  readonly isWrong: (field: string) => boolean;
  readonly program: Findings['program'];
  /** Whether further reports would be left out; saves making them. */
  readonly isFull: Findings['isFull'];
}

export function createReporter(findings: Findings, places: Places): Reporter {
  const showValue = createValueTexts();
  const report =
    (severity: Severity): Report =>
    (code, path, words) => {
      if (severity === 'error') findings.wrongFields.add(path.join('.'));
      if (findings.isFull(severity)) return;
      const where = places(path);
      findings.add(severity, problem(code, { remedy: defaultRemedy(where), ...words, where }));
    };
  return {
    error: report('error'),
    warn: report('warning'),
    lenient: report('lenient'),
    invalid: (path, { value, detail, ...remedy }) => {
      const shown = findings.isFull('error') ? '' : showValue(path, value);
      report('error')('CONFIG_INVALID_VALUE', path, {
        summary: `${path.slice(1).join('.')}: Invalid value: ${shown}: ${detail}`,
        ...remedy,
      });
    },
    isWrong: (field) => findings.wrongFields.has(field),
    isFull: findings.isFull,
    program: findings.program,
  };
}

/** Fields that never appear in messages, not even when they are wrong: a wrong secret is often a right one with a slip. */
const secretFields: ReadonlySet<string | number> = new Set(['token', 'certificateKey', 'tlsBootstrapToken']);

/** The value of a variable of the environment is as secret as what needs it. */
const environmentFields: ReadonlySet<string | number> = new Set(['extraEnvs', 'env']);

function isSecret(path: FieldPath): boolean {
  const last = path.at(-1) ?? '';
  return secretFields.has(last) || (last === 'value' && path.some((segment) => environmentFields.has(segment)));
}

/** For `JSON.stringify`: what a value holds further down. */
function hideSecrets(key: string, value: unknown): unknown {
  return (secretFields.has(key) || environmentFields.has(key)) && value !== '' ? '(hidden)' : value;
}

/** Of a value in a message, in characters. */
const maxShown = 500;

/** Texts of values. Those of lists and mappings are kept: rules report the same value again for each of its members that is wrong. */
function createValueTexts(): (path: FieldPath, value: unknown) => string {
  const kept = new Map<object, string>();
  return (path, value) => {
    if (isSecret(path) && value !== '') return '(hidden)';
    if (typeof value !== 'object' || value === null) return shorten(JSON.stringify(value));
    const text = kept.get(value) ?? shorten(JSON.stringify(value, hideSecrets));
    kept.set(value, text);
    return text;
  };
}

function shorten(text = 'nothing'): string {
  return text.length > maxShown ? `${text.slice(0, maxShown)}…` : text;
}

function defaultRemedy(where: Location): string {
  if (where.object !== undefined) return `Correct the value of ${where.object}.`;
  return `Correct ${where.field ?? 'the document'} in the configuration file.`;
}
