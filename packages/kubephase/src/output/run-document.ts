/** The document of `-o json` and `-o yaml`: its version, its type, and its form for what is no run. `docs/results.md` tells of it. */
import type { Evidence, Location, PhaseOutcome, RunResult } from 'phaserunner';
import type { Failure } from 'phaserunner/commander';
import type { JsonSafe } from 'phaserunner/render';

/** A change that could break a reader makes another version of it. */
export const runDocumentVersion = 'output.kubephase.dev/v1alpha2';

/** What a command did, or why it did nothing. All times are milliseconds. */
export interface RunDocument {
  readonly apiVersion: typeof runDocumentVersion;
  readonly kind: 'RunReport';
  /** Words of the command without the program's name, such as `init phase certs`; empty where none was understood. */
  readonly command: string;
  /** Name of the workflow that ran or was to be opened, such as `init`; absent for commands without phases and wrong command lines. */
  readonly workflow?: string;
  readonly status: RunResult['status'];
  readonly durationMs: number;
  /** Phases that were reached, in the order of the run. */
  readonly phases: readonly PhaseEntry[];
  /** Selected phases that were not reached. */
  readonly remaining?: readonly string[];
  readonly resumeFrom?: string;
  /** What was warned of, in order. */
  readonly warnings?: readonly ReportedWarning[];
  /** What a dry run would have done, in order, each with the path of its phase. */
  readonly actions?: readonly JsonSafe[];
  /** Fields set by phases and commands, such as `joinCommand`. They may hold secrets that the user asked for. */
  readonly result?: JsonSafe;
  /** Why it did not succeed. */
  readonly problems?: readonly ReportedProblem[];
}

export interface PhaseEntry {
  readonly path: string;
  readonly status: PhaseOutcome['status'];
  /** Of its own work, without its children. */
  readonly durationMs: number;
  /** Why it was skipped. */
  readonly reason?: string;
}

/** A warning; those about the input have the fields of a problem beside their text. */
export interface ReportedWarning extends Partial<ReportedProblem> {
  /** Absent where it concerns the whole run. */
  readonly phase?: string;
  /** Everything on one line. */
  readonly text: string;
}

/** A problem as data. */
export interface ReportedProblem {
  /** Stable identifier, one of `docs/reference/problems.md`. */
  readonly code: string;
  readonly summary: string;
  readonly detail?: string;
  readonly evidence?: readonly Evidence[];
  readonly remedy?: string;
  readonly make?: string;
  readonly command?: string;
  readonly where?: Location;
  /** Whether the same command may succeed when it is simply run again. */
  readonly retryable: boolean;
  readonly cause?: ReportedCause;
}

/** The underlying error: its name and text, and what caused it in turn. */
export interface ReportedCause {
  readonly name: string;
  readonly message: string;
  readonly cause?: ReportedCause | '<circular>';
}

/** What a command without phases has to tell. */
export interface CommandOutcome {
  /** Words without the program's name. */
  readonly command: string;
  readonly durationMs: number;
  /** Default: failed where there are problems. */
  readonly status?: RunResult['status'];
  readonly problems?: readonly ReportedProblem[];
  readonly warnings?: readonly ReportedWarning[];
  readonly result?: JsonSafe;
}

/** The document of a command without phases, and of a command line that could not be run. */
export function commandDocument({ command, durationMs, status, problems = [], warnings = [], result }: CommandOutcome): RunDocument {
  return {
    apiVersion: runDocumentVersion,
    kind: 'RunReport',
    command,
    status: status ?? (problems.length === 0 ? 'succeeded' : 'failed'),
    durationMs,
    phases: [],
    ...(warnings.length === 0 ? {} : { warnings }),
    ...(result === undefined ? {} : { result }),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

/** The document of a command that ended before it could make one. */
export function failureDocument({ words, status, durationMs, problems }: Failure): RunDocument {
  const command = words.slice(1).join(' ');
  return commandDocument({ command, status, durationMs, problems: problems as unknown as readonly ReportedProblem[] });
}
