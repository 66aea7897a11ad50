/** Runs preflight checks and reports what they found, all together. */
import { ProblemError, problemsOf, type Problem, type Task } from 'phaserunner';
import { problem } from '../problems/catalogue.ts';
import type { Check, Finding, Severity } from './check.ts';

export interface RunChecks<C> {
  readonly context: C;
  /** Names of checks whose errors only warn, in lower case; `all` means every check. */
  readonly ignore: readonly string[];
  readonly task: Pick<Task, 'warn' | 'debug'>;
}

interface Result {
  readonly check: string;
  readonly severity: Severity;
  readonly finding: Finding;
}

/**
 * Runs the checks at the same time and reports in their order: warnings first, then every error at once.
 * @throws ProblemError `PREFLIGHT_FAILED`, one problem for each error
 */
export async function runChecks<C>(checks: readonly Check<C>[], { context, ignore, task }: RunChecks<C>): Promise<void> {
  const results = (await Promise.all(checks.map((check) => resultsOf(check, context)))).flat();
  const isFatal = (result: Result): boolean => result.severity === 'error' && !isIgnored(result.check, ignore);
  for (const { check, finding } of results.filter((result) => !isFatal(result))) task.warn(`[WARNING ${check}]: ${finding.summary}`);
  const errors = results.filter((result) => isFatal(result)).map((result) => toProblem(result));
  task.debug(`checks: ${checks.length}, findings: ${results.length}`);
  if (errors.length > 0) throw new ProblemError(errors);
}

async function resultsOf<C>(check: Check<C>, context: C): Promise<readonly Result[]> {
  const { name, severity } = check;
  try {
    return (await check.run(context)).map((finding) => ({ check: name, severity, finding }));
  } catch (error) {
    return problemsOf(error, 'PREFLIGHT_FAILED').map(({ code: _code, where: _where, ...finding }) => ({
      check: name,
      severity: 'error',
      finding,
    }));
  }
}

function isIgnored(check: string, ignore: readonly string[]): boolean {
  return ignore.includes('all') || ignore.includes(check.toLowerCase());
}

function toProblem({ check, finding }: Result): Problem {
  const goOn = `To go on regardless: --ignore-preflight-errors=${check}.`;
  return problem('PREFLIGHT_FAILED', {
    ...finding,
    summary: `[ERROR ${check}]: ${finding.summary}`,
    remedy: finding.remedy === undefined ? goOn : `${finding.remedy} ${goOn}`,
    where: { object: `preflight check ${check}` },
  });
}
