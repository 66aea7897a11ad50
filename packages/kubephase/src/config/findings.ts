/** Collects what is wrong with a configuration, each finding once and with the place of its field. */
import type { Location, Problem } from 'phaserunner';
import { problem, type ProblemCode, type ProblemFields } from '../problems/catalogue.ts';
import type { FieldPath, Places } from './places.ts';

/** `lenient` is an error in strict mode and a warning otherwise. */
export type Severity = 'error' | 'warning' | 'lenient';

export interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly add: (severity: Severity, found: Problem) => void;
  /** Paths of fields that have an error, with their kind in front. */
  readonly wrongFields: Set<string>;
}

/** Nobody reads more, and a file of a megabyte can cause a hundred thousand. */
const maxOfOneKind = 1000;

export function createFindings(strict: boolean): Findings {
  const problems = createList('problems');
  const warnings = createList('warnings');
  return {
    problems: problems.list,
    warnings: warnings.list,
    wrongFields: new Set(),
    add: (severity, found) => {
      const { add } = severity === 'error' || (severity === 'lenient' && strict) ? problems : warnings;
      add(found);
    },
  };
}

function createList(noun: string) {
  const list: Problem[] = [];
  const seen = new Set<string>();
  const add = (found: Problem): void => {
    const key = JSON.stringify([found.code, found.summary, found.where]);
    if (seen.has(key) || list.length > maxOfOneKind) return;
    seen.add(key);
    list.push(list.length === maxOfOneKind ? more(noun, found.where) : found);
  };
  return { list, add };
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
}

export function createReporter(findings: Findings, places: Places): Reporter {
  const report =
    (severity: Severity): Report =>
    (code, path, words) => {
      const where = places(path);
      if (severity === 'error') findings.wrongFields.add(path.join('.'));
      findings.add(severity, problem(code, { remedy: defaultRemedy(where), ...words, where }));
    };
  return {
    error: report('error'),
    warn: report('warning'),
    lenient: report('lenient'),
    invalid: (path, { value, detail, ...remedy }) => {
      const summary = `${path.slice(1).join('.')}: Invalid value: ${showValue(path, value)}: ${detail}`;
      report('error')('CONFIG_INVALID_VALUE', path, { summary, ...remedy });
    },
    isWrong: (field) => findings.wrongFields.has(field),
  };
}

/** Fields that never appear in messages, not even when they are wrong: a wrong secret is often a right one with a slip. */
const secretFields: ReadonlySet<string | number> = new Set(['token', 'certificateKey', 'tlsBootstrapToken']);

/** Of a value in a message, in characters. */
const maxShown = 500;

function showValue(path: FieldPath, value: unknown): string {
  if (secretFields.has(path.at(-1) ?? '') && value !== '') return '(hidden)';
  const shown = JSON.stringify(value) ?? 'nothing';
  return shown.length > maxShown ? `${shown.slice(0, maxShown)}…` : shown;
}

function defaultRemedy(where: Location): string {
  if (where.object !== undefined) return `Correct the value of ${where.object}.`;
  return `Correct ${where.field ?? 'the document'} in the configuration file.`;
}
