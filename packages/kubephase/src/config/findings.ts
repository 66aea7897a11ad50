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
}

export function createFindings(strict: boolean): Findings {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  return {
    problems,
    warnings,
    add: (severity, found) => {
      const list = severity === 'error' || (severity === 'lenient' && strict) ? problems : warnings;
      if (!list.some((other) => other.code === found.code && other.summary === found.summary)) list.push(found);
    },
  };
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
  /** Fields, without kind, that have an error so far. */
  readonly reportedFields: () => readonly string[];
}

export function createReporter(findings: Findings, places: Places): Reporter {
  const report =
    (severity: Severity): Report =>
    (code, path, words) => {
      const where = places(path);
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
    reportedFields: () => findings.problems.flatMap(({ where }) => where?.field ?? []),
  };
}

/** Fields that never appear in messages, not even when they are wrong: a wrong secret is often a right one with a slip. */
const secretFields: ReadonlySet<string | number> = new Set(['token', 'certificateKey', 'tlsBootstrapToken']);

function showValue(path: FieldPath, value: unknown): string {
  if (secretFields.has(path.at(-1) ?? '') && value !== '') return '(hidden)';
  return JSON.stringify(value) ?? 'nothing';
}

function defaultRemedy(where: Location): string {
  if (where.object !== undefined) return `Correct the value of ${where.object}.`;
  return `Correct ${where.field ?? 'the document'} in the configuration file.`;
}
