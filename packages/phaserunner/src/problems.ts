/** Failures as values: a code, what was seen, where, and what mends it; and the codes of the engine. */

/** Where a problem was found. Every part is optional; renderers print the parts that are set. */
export interface Location {
  /** Full path of the phase, such as `certs/ca`. */
  readonly phase?: string;
  /** File path as the user knows it. */
  readonly file?: string;
  /** One-based line in `file`. */
  readonly line?: number;
  /** One-based column in `file`. */
  readonly column?: number;
  /** Path of a field inside the file or object, such as `networking.podSubnet`. */
  readonly field?: string;
  /** Any other object, such as a flag (`--only`) or `socket 1 of kettle north`. */
  readonly object?: string;
}

/** Text that was found and speaks for itself, such as the last lines of a log. */
export interface Evidence {
  /** What the lines are, as the start of "…:". */
  readonly title: string;
  readonly lines: readonly string[];
}

/** What every failure carries. It is plain data: it can be printed, compared and sent as JSON. */
export interface Problem {
  /** Stable, documented identifier in upper snake case, such as `PHASE_UNKNOWN`. */
  readonly code: string;
  /** One line: what is wrong. */
  readonly summary: string;
  /** What was seen: value, expected form, limits. */
  readonly detail?: string;
  readonly evidence?: readonly Evidence[];
  /** What mends it, in words: an edit, or what to do. */
  readonly remedy?: string;
  /**
   * Name of the result (see `Result`) that mends it when it is made, or several. The run names the maker in `command`: of several, the
   * phase that all their makers stand in.
   */
  readonly make?: string | readonly string[];
  /** The command that mends it, as it can be typed. */
  readonly command?: string;
  readonly where?: Location;
  /** Whether the same command may succeed when it is simply run again. Runs add it where a problem does not say. */
  readonly retryable?: boolean;
  /** The underlying error; kept for debugging, never printed as the only information. */
  readonly cause?: unknown;
}

const brand = Symbol.for('phaserunner.ProblemError');

/**
 * The only error that the engine throws. It carries one or several problems, so that a user can
 * mend all of them before the next try.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problems: readonly [Problem, ...(readonly Problem[])];

  constructor(problem: Problem | readonly Problem[]) {
    const problems = Array.isArray(problem) ? (problem as readonly Problem[]) : [problem as Problem];
    const [first, ...rest] = problems;
    if (first === undefined) throw new TypeError('ProblemError needs at least one problem');
    super(describe(first, rest.length), first.cause === undefined ? undefined : { cause: first.cause });
    this.problems = [first, ...rest];
    Object.defineProperty(this, brand, { value: true });
  }

  /** The first problem; most failures have exactly one. */
  get problem(): Problem {
    return this.problems[0];
  }
}

/** Recognises a `ProblemError` also when it was made by another copy of this package. */
export function isProblemError(error: unknown): error is ProblemError {
  return error instanceof Error && (error as { [brand]?: unknown })[brand] === true;
}

/** Returns the problems inside `error`; any other error becomes one problem with the given code. */
export function problemsOf(error: unknown, code: string, where?: Location): readonly [Problem, ...(readonly Problem[])] {
  if (isProblemError(error)) {
    const located = error.problems.map((problem) => locate(problem, where));
    return located as unknown as readonly [Problem, ...(readonly Problem[])];
  }
  return [{ code, ...lines(error), cause: error, ...(where === undefined ? {} : { where }) }];
}

/** The first line of the error's text is the summary, the rest the detail. An error without text gives its name. */
function lines(error: unknown): Pick<Problem, 'summary' | 'detail'> {
  const text = error instanceof Error ? error.message.trim() || error.name : String(error);
  const [summary = '', ...rest] = text.split('\n');
  return rest.length === 0 ? { summary } : { summary, detail: rest.join('\n') };
}

/** Returns `problem` with the parts of `where` that it does not have itself. */
export function locate(problem: Problem, where: Location | undefined): Problem {
  return where === undefined ? problem : { ...problem, where: { ...where, ...problem.where } };
}

function describe(first: Problem, others: number): string {
  const more = others === 0 ? '' : ` (and ${others} more)`;
  return `${first.summary}${more}`;
}

/** Every code that the engine itself can report, with its meaning. */
export const engineCodes = {
  WORKFLOW_INVALID: 'A workflow is put together wrongly: duplicate names, unknown needs, malformed phases.',
  PHASE_UNKNOWN: 'A phase was named that the workflow does not have.',
  PHASE_AMBIGUOUS: 'A phase was named by a word that several paths end in; the full path is needed.',
  SELECTION_CONFLICT: 'The parts of a selection exclude each other, such as a start behind the end.',
  SELECTION_EMPTY: 'The parts of a selection leave no phase to run.',
  PHASE_NEEDS_MISSING: 'A selected phase needs another one that is not selected and whose result is not there.',
  RUN_NOT_OPENED: 'What the run needs could not be loaded.',
  PHASE_FAILED: 'The work of a phase failed.',
  PHASE_TIMED_OUT: 'A phase took longer than its timeout.',
  RUN_CANCELLED: 'The run was stopped from outside.',
  EXTRA_PHASES_UNCONTAINED:
    'Code of a module with extra phases called `process.exit`, failed in the background, or left something that is waited for for ever.',
  EXTRA_PHASES_INVALID: 'A file or setting with extra phases is malformed or does not fit the workflow.',
} as const satisfies Readonly<Record<string, string>>;

export type EngineCode = keyof typeof engineCodes;

/** Those of them with which the same run may succeed when it is simply started again. */
export const retryableCodes: ReadonlySet<string> = new Set<EngineCode>(['PHASE_TIMED_OUT', 'RUN_CANCELLED']);

/** Every code of the problems that a command line can have, with its meaning. */
export const usageCodes = {
  COMMAND_UNKNOWN: 'The command or sub-command does not exist.',
  SUBCOMMAND_REQUIRED: 'The command only groups sub-commands; one of them has to be named.',
  FLAG_UNKNOWN: 'The command has no such flag.',
  FLAG_VALUE_INVALID: 'The value of a flag has the wrong form, or is missing.',
  FLAG_CONFLICT: 'Flags were given together that contradict each other.',
  ARGUMENT_UNEXPECTED: 'The command takes fewer arguments.',
  ARGUMENT_MISSING: 'The command needs an argument that was not given.',
  OUTPUT_UNWRITABLE: 'Standard output could not be written, such as on a full disk; what the command was to do is done.',
  COMMAND_FAILED: 'The command ended with an error that has no code of its own.',
} as const satisfies Readonly<Record<string, string>>;

export type UsageCode = keyof typeof usageCodes;
