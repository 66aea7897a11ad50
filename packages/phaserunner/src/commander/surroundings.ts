/** What a program gets from outside (streams, signals, exit codes), kept beside its root command. */
import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import type { RunEvent, RunStatus } from '../events.ts';
import { retryableCodes, type Problem } from '../problems.ts';
import type { JsonSafe } from '../render/json-safe.ts';
import { draw, type Output, type RenderIo } from '../render/renderer.ts';
import { guardOutput } from './guarded-output.ts';
import type { Containment } from './containment.ts';
import type { Candidate } from './options.ts';
import type { EndingSignal, SignalSource } from './signals.ts';

/** Standard input. */
export interface CommandInput {
  /** True when a person types; nothing should then be read without asking. */
  readonly isTTY?: boolean;
  /** Everything up to the end of the input as UTF-8 text, but not more than `maxBytes` of it. Rejects when `signal` is aborted before. */
  readText(maxBytes: number, signal?: AbortSignal): Promise<string>;
}

/** Where a program reads and writes, and which environment it sees. */
export interface CommandIo extends RenderIo {
  /** Absent where a program has nothing to read. */
  readonly stdin?: CommandInput;
}

/** Turns a document into the text that is printed for one output format. */
export type DocumentFormat = (document: unknown) => string | Promise<string>;

/** A command that ended without a run, or whose run printed nothing. It has the fields of a run's result. */
export interface Failure {
  /** Words of the command as far as they were understood, program first. */
  readonly words: readonly string[];
  readonly status: Exclude<RunStatus, 'succeeded'>;
  /** Since the program was started. */
  readonly durationMs: number;
  readonly phases: readonly [];
  readonly remaining: readonly [];
  /** Plain data: causes are names and messages. */
  readonly problems: readonly JsonSafe[];
}

export interface ProgramOptions {
  /** Streams and environment; those of this process when absent. What is written to them is escaped. */
  readonly io?: CommandIo;
  /** Where SIGINT and SIGTERM come from; this process when absent. */
  readonly signals?: SignalSource;
  /** Exit code for a failure with these problems. Default: always 1. Cancelled runs exit with 130 or 143. */
  readonly exitCodeOf?: (problems: readonly Problem[]) => number;
  /** Prints problems that no renderer has printed. Default: `formatProblems` to standard error. */
  readonly report?: (problems: readonly Problem[], io: CommandIo) => void | Promise<void>;
  /** Words that completion offers as values of flags, by name of the flag; of lists, as their items. */
  readonly candidates?: Readonly<Record<string, () => readonly Candidate[] | Promise<readonly Candidate[]>>>;
  /** Whether a problem with this code may go away when the command is simply run again. Default: as the engine says of its own codes. */
  readonly isRetryable?: (code: string) => boolean;
  /** Further values of `-o` for which a command that fails without a document of its own prints one. `json` and `jsonl` are always there. */
  readonly documents?: Readonly<Record<string, DocumentFormat>>;
  /** Loads what makes that document, plain data. Default: the failure as it is. */
  readonly document?: () => Promise<(failure: Failure) => object>;
  /**
   * Takes secrets out of what a person or a program is told: messages, problems, everything on standard error. Results on
   * standard output stay as they are. Default: nothing is taken out.
   */
  readonly redact?: (text: string) => string;
  /**
   * True when the process is there for this program alone. While code of extra phases is loaded, it may then not end the process
   * nor write to its standard output. Default: false, because an embedding program has a process of its own.
   */
  readonly ownsProcess?: boolean;
}

/** `ProgramOptions` without gaps, and the exit code that the command decided. */
export interface Surroundings extends Required<ProgramOptions> {
  exitCode: number;
  /** Why standard output cannot be written any more. */
  outputFailure?: { readonly cause: unknown };
  /** Rejects when code of extra phases did what would have ended the program, unless a run has dealt with it. */
  readonly escape: Promise<never>;
  /** Called with that; replaced while a run is at work, which ends because of it. */
  escaped: (error: Error) => void;
  containment?: Containment;
  /** Leaves the terminal as it was; replaced while a renderer is at work. */
  closeOutput: () => void;
  /** Writes a line to standard error; replaced while a renderer is at work, which knows what is drawn there. */
  writeLine: (line: string) => void;
  /** Words of the command as far as they were understood, program first. */
  words: readonly string[];
  /** Value of `-o`, in lower case, where it asks for data and as far as it was understood. */
  output: string | undefined;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly startedMs: number;
  /** Makes the document of a failure; replaced where one may be needed. */
  describe: (failure: Failure) => object;
  /** Whether anything was written to standard output. */
  readonly hasWritten: () => boolean;
  /** The last event of the run, if there was any. */
  lastEvent?: RunEvent;
  /** Ends the handling of signals by the program, because a run takes it over. */
  releaseSignals: () => void;
  /** Tells programs that read the answer of a signal that ends the process at once. */
  tellInterruption: (signal: EndingSignal) => void;
}

const ignore = (): void => undefined;

const surroundingsOf = new WeakMap<Command, Surroundings>();

function createEscape(): Pick<Surroundings, 'escape' | 'escaped'> {
  const rejects: ((error: Error) => void)[] = [];
  const escape = new Promise<never>((_resolve, reject) => rejects.push(reject));
  // It is listened to later, or never.
  escape.catch(ignore);
  return { escape, escaped: (error) => rejects.forEach((reject) => reject(error)) };
}

/** Sets the surroundings of `program` for one run. `output` is the value of `-o`, as far as it can be told. */
export function surround(program: Command, options: ProgramOptions, output?: string): Surroundings {
  const { stdout, stderr, ...rest } = options.io ?? processIo();
  const settings = withDefaults(options);
  const guarded: CommandIo = {
    ...rest,
    stdout: guardOutput(stdout, { failed: (cause) => void (surroundings.outputFailure = { cause }) }),
    // When standard error is gone there is nobody left to tell.
    stderr: guardOutput(stderr, { redact: settings.redact, failed: ignore }),
  };
  const format = dataFormat(output, settings.documents);
  const { io, hasWritten } = watched(guarded, format, () => surroundings.releaseSignals());
  const { escape, escaped } = createEscape();
  const surroundings: Surroundings = {
    ...settings,
    io,
    escape,
    escaped,
    exitCode: 0,
    closeOutput: ignore,
    writeLine: (line) => io.stderr.write(`${line}\n`),
    describe: (failure) => failure,
    words: [program.name()],
    output: format,
    startedMs: systemClock.now(),
    hasWritten,
    releaseSignals: ignore,
    tellInterruption: ignore,
  };
  surroundingsOf.set(program, surroundings);
  return surroundings;
}

/** `options` without gaps, but for the streams. */
function withDefaults(options: ProgramOptions): Omit<Required<ProgramOptions>, 'io'> {
  return {
    signals: process,
    exitCodeOf: () => 1,
    report: reportToStderr,
    redact: (text) => text,
    ownsProcess: false,
    candidates: {},
    isRetryable: (code) => retryableCodes.has(code),
    documents: {},
    document: async () => (failure) => failure,
    ...options,
  };
}

/** The surroundings of the program that `command` belongs to. */
export function surroundingsFor(command: Command): Surroundings {
  const root = rootOf(command);
  return surroundingsOf.get(root) ?? surround(root, {});
}

/** Streams and environment of the program that `command` belongs to. */
export function ioOf(command: Command): CommandIo {
  return surroundingsFor(command).io;
}

/** Sets the exit code that `runProgram` returns once the action of `command` has ended. */
export function setExitCode(command: Command, code: number): void {
  surroundingsFor(command).exitCode = code;
}

/** To be called before the module `file` with extra phases is loaded for `command`. */
export async function containModule(command: Command, file: string): Promise<void> {
  const surroundings = surroundingsFor(command);
  if (!surroundings.ownsProcess) return;
  const { contain } = await import('./containment.ts');
  surroundings.containment ??= contain({
    tell: (line) => surroundings.writeLine(line),
    escaped: (error) => surroundings.escaped(error),
  });
  surroundings.containment.add(file);
}

function rootOf(command: Command): Command {
  let root = command;
  while (root.parent !== null) root = root.parent;
  return root;
}

function processIo(): CommandIo {
  const { stdout, stderr, env } = process;
  // Bound now: code of extra phases gets another one to see.
  const write = stdout.write.bind(stdout);
  const own: Output = {
    write: (text) => void write(text),
    get isTTY() {
      return stdout.isTTY;
    },
    get columns() {
      return stdout.columns;
    },
    get rows() {
      return stdout.rows;
    },
  };
  return { stdout: own, stderr, environment: env };
}

/** The format that `output` stands for, if it is one for programs; those do not depend on case. */
export function dataFormat(output: string | undefined, documents: ProgramOptions['documents'] = {}): string | undefined {
  const format = output?.toLowerCase();
  return format === 'json' || format === 'jsonl' || (format !== undefined && Object.hasOwn(documents, format)) ? format : undefined;
}

interface Watched {
  readonly io: CommandIo;
  readonly hasWritten: () => boolean;
}

/** Notes what goes to standard output, for programs expect one document there. Nothing is drawn on it then, so its size is not kept. */
function watched(io: CommandIo, format: string | undefined, beforeReading: () => void): Watched {
  if (format === undefined) return { io, hasWritten: () => false };
  let written = false;
  const stdout: Output = {
    write: (text) => {
      written ||= text !== '';
      io.stdout.write(text);
    },
    draw: (text) => {
      written ||= text !== '';
      draw(io.stdout, text);
    },
  };
  return {
    io: { ...io, stdout, ...(io.stdin && { stdin: interruptible(io.stdin, beforeReading) }) },
    hasWritten: () => written,
  };
}

/** Reading may hold up the whole process, so that only the system's own handling of signals can end it. A run has its own. */
function interruptible(stdin: CommandInput, beforeReading: () => void): CommandInput {
  return {
    get isTTY() {
      return stdin.isTTY === true;
    },
    readText: (maxBytes, signal) => {
      beforeReading();
      return stdin.readText(maxBytes, signal);
    },
  };
}

async function reportToStderr(problems: readonly Problem[], io: CommandIo): Promise<void> {
  const [{ formatProblems }, { wantsColour }] = await Promise.all([import('../render/problem.ts'), import('../render/style.ts')]);
  draw(io.stderr, formatProblems(problems, { colour: wantsColour(io.stderr, io.environment) }));
}
