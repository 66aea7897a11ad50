/** Runs preflight checks at the same time, each with a deadline, and tells, in their order, what they found. */
import { ProblemError, type Problem, type Task } from 'phaserunner';
import { problem, problemsOf } from '../problems/catalogue.ts';
import { findingOf, type Check, type Finding, type Severity } from './check.ts';

interface PerformChecks<C> {
  readonly context: C;
  /** Names of checks whose errors only warn, in lower case; `all` means every check. */
  readonly ignore: readonly string[];
}

interface RunChecks<C> extends PerformChecks<C> {
  readonly task: Pick<Task, 'warn' | 'debug'>;
}

/** A finding with its weight settled. */
export interface WeighedFinding extends Finding {
  readonly severity: Severity;
}

export interface CheckOutcome {
  readonly name: string;
  /** Of the check; single findings may weigh another way. */
  readonly severity: Severity;
  /** `ignored`: there are errors, and the user wants them to count as warnings. */
  readonly status: 'passed' | 'warning' | 'error' | 'ignored';
  readonly findings: readonly WeighedFinding[];
  readonly durationMs: number;
}

/**
 * Runs the checks at the same time. The outcomes have the order of the checks.
 * @throws the reason of `context.signal`
 */
export async function performChecks<C extends Stoppable>(
  checks: readonly Check<C>[],
  options: PerformChecks<C>,
): Promise<readonly CheckOutcome[]> {
  const { signal } = options.context;
  signal.throwIfAborted();
  const started = checks.map((check) => ({ check, stop: new AbortController() }));
  // One listener for all: many at one signal look like a leak.
  const stopAll = (): void => started.forEach(({ stop }) => stop.abort(signal.reason));
  signal.addEventListener('abort', stopAll, { once: true });
  try {
    return await Promise.all(started.map((one) => outcomeOf(one, options)));
  } finally {
    signal.removeEventListener('abort', stopAll);
  }
}

/**
 * Runs the checks at the same time and reports in their order: warnings first, then every error at once.
 * @throws ProblemError `PREFLIGHT_FAILED`, one problem for each error; the reason of `context.signal`
 */
export async function runChecks<C extends Stoppable>(checks: readonly Check<C>[], { task, ...options }: RunChecks<C>): Promise<void> {
  const outcomes = oncePerCause(await performChecks(checks, options));
  for (const { name, status, findings } of outcomes) {
    task.debug(`${name}: ${status}`);
    for (const { severity, summary } of findings) {
      if (severity === 'warning' || status === 'ignored') task.warn(`[WARNING ${name}]: ${summary}`);
    }
  }
  const errors = outcomes.filter(({ status }) => status === 'error').flatMap((outcome) => problemsIn(outcome));
  if (errors.length > 0) throw new ProblemError(errors);
}

/** Leaves out what is the subject of another check that failed as well, and says there which checks could not be made. */
function oncePerCause(outcomes: readonly CheckOutcome[]): readonly CheckOutcome[] {
  const failed = new Set(outcomes.filter(({ findings }) => findings.some(isOwnError)).map(({ name }) => name));
  const isTold = ({ subjectOf }: WeighedFinding): boolean => subjectOf === undefined || !failed.has(subjectOf);
  return outcomes.map((outcome) => {
    const followers = outcomes
      .filter(({ findings }) => findings.some(({ subjectOf }) => subjectOf === outcome.name))
      .map(({ name }) => name);
    const findings = outcome.findings.filter(isTold);
    return { ...outcome, findings: followers.length === 0 ? findings : findings.map((finding) => withFollowers(finding, followers)) };
  });
}

function isOwnError({ severity, subjectOf }: WeighedFinding): boolean {
  return severity === 'error' && subjectOf === undefined;
}

function withFollowers(finding: WeighedFinding, followers: readonly string[]): WeighedFinding {
  if (!isOwnError(finding)) return finding;
  const note = `Not checked for the same reason: ${followers.join(', ')}.`;
  return { ...finding, detail: finding.detail === undefined ? note : `${finding.detail}\n${note}` };
}

interface Started<C> {
  readonly check: Check<C>;
  readonly stop: AbortController;
}

async function outcomeOf<C extends Stoppable>(started: Started<C>, { context, ignore }: PerformChecks<C>): Promise<CheckOutcome> {
  const { name, severity } = started.check;
  const startMs = performance.now();
  const findings = await findingsOf(started, context);
  const durationMs = Math.round(performance.now() - startMs);
  return { name, severity, status: statusOf(findings, isIgnored(name, ignore)), findings, durationMs };
}

async function findingsOf<C extends Stoppable>({ check, stop }: Started<C>, context: C): Promise<readonly WeighedFinding[]> {
  try {
    return (await withDeadline(check, context, stop)).map((finding) => weighed(finding, check.severity));
  } catch (error) {
    context.signal.throwIfAborted();
    return problemsOf(error, 'PREFLIGHT_FAILED').map((one) => weighed(findingOf(one), 'error'));
  }
}

function weighed(finding: Finding, severity: Severity): WeighedFinding {
  return { ...finding, severity: finding.severity ?? severity };
}

function statusOf(findings: readonly WeighedFinding[], ignored: boolean): CheckOutcome['status'] {
  if (findings.length === 0) return 'passed';
  if (findings.every(({ severity }) => severity === 'warning')) return 'warning';
  return ignored ? 'ignored' : 'error';
}

function isIgnored(check: string, ignore: readonly string[]): boolean {
  return ignore.includes('all') || ignore.includes(check.toLowerCase());
}

function problemsIn({ name, findings }: CheckOutcome): readonly Problem[] {
  const goOn = `To go on regardless: --ignore-preflight-errors=${name}.`;
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ severity: _severity, subjectOf: _subject, unavoidable = false, ...finding }) =>
      problem('PREFLIGHT_FAILED', {
        ...finding,
        summary: `[ERROR ${name}]: ${finding.summary}`,
        remedy: [finding.remedy, unavoidable ? undefined : goOn].filter((part) => part !== undefined).join(' '),
        where: { object: `preflight check ${name}` },
      }),
    );
}

/** What every context has. */
export interface Stoppable {
  readonly signal: AbortSignal;
}

const usualTimeoutMs = 30_000;

/**
 * Runs `check` with the signal of `stop`. When its time is over `stop` is aborted, and its finding is that it did not end: it is not
 * waited for any longer, whether it listens or not.
 * @throws what the check throws; the reason of `stop` when somebody else aborts it
 */
function withDeadline<C extends Stoppable>(check: Check<C>, context: C, stop: AbortController): Promise<readonly Finding[]> {
  const { timeoutMs = usualTimeoutMs } = check;
  return new Promise<readonly Finding[]>((resolve, reject) => {
    const onTimeout = (): void => {
      resolve([overdue(timeoutMs)]);
      stop.abort(new Error('the time of the check is over'));
    };
    const timer = Number.isFinite(timeoutMs) ? setTimeout(onTimeout, timeoutMs) : undefined;
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(stop.signal.reason);
    };
    stop.signal.addEventListener('abort', onAbort, { once: true });
    void startOf(check, { ...context, signal: stop.signal })
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

/** A check that throws at once fails like one that rejects later. */
async function startOf<C>(check: Check<C>, context: C): Promise<readonly Finding[]> {
  return check.run(context);
}

function overdue(timeoutMs: number): Finding {
  return {
    summary: `the check did not end within ${timeoutMs / 1000} s`,
    remedy: 'See whether something that it asks, such as a program, a name server or a file system, does not answer.',
  };
}
