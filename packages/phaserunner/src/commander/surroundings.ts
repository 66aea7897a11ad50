/** What a program gets from outside (streams, signals, exit codes), kept beside its root command. */
import type { Command } from 'commander';
import type { Problem } from '../problems.ts';
import { draw, type Output, type RenderIo } from '../render/renderer.ts';
import { guardOutput } from './guarded-output.ts';
import type { Containment } from './containment.ts';
import type { SignalSource } from './signals.ts';

/** Standard input. */
export interface CommandInput {
  /** True when a person types; nothing should then be read without asking. */
  readonly isTTY?: boolean;
  /** Everything up to the end of the input as UTF-8 text, but not more than `maxBytes` of it. */
  readText(maxBytes: number): Promise<string>;
}

/** Where a program reads and writes, and which environment it sees. */
export interface CommandIo extends RenderIo {
  /** Absent where a program has nothing to read. */
  readonly stdin?: CommandInput;
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
}

const surroundingsOf = new WeakMap<Command, Surroundings>();

function createEscape(): Pick<Surroundings, 'escape' | 'escaped'> {
  const rejects: ((error: Error) => void)[] = [];
  const escape = new Promise<never>((_resolve, reject) => rejects.push(reject));
  // It is listened to later, or never.
  escape.catch(() => undefined);
  return { escape, escaped: (error) => rejects.forEach((reject) => reject(error)) };
}

/** Sets the surroundings of `program` for one run. */
export function surround(program: Command, options: ProgramOptions): Surroundings {
  const { stdout, stderr, ...rest } = options.io ?? processIo();
  const { redact = (text) => text } = options;
  const io: CommandIo = {
    ...rest,
    stdout: guardOutput(stdout, { failed: (cause) => void (surroundings.outputFailure = { cause }) }),
    // When standard error is gone there is nobody left to tell.
    stderr: guardOutput(stderr, { redact, failed: () => undefined }),
  };
  const { escape, escaped } = createEscape();
  const surroundings: Surroundings = {
    io,
    redact,
    ownsProcess: options.ownsProcess ?? false,
    escape,
    escaped,
    signals: options.signals ?? process,
    exitCodeOf: options.exitCodeOf ?? (() => 1),
    report: options.report ?? reportToStderr,
    exitCode: 0,
    closeOutput: () => undefined,
    writeLine: (line) => io.stderr.write(`${line}\n`),
  };
  surroundingsOf.set(program, surroundings);
  return surroundings;
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

async function reportToStderr(problems: readonly Problem[], io: CommandIo): Promise<void> {
  const [{ formatProblems }, { wantsColour }] = await Promise.all([import('../render/problem.ts'), import('../render/style.ts')]);
  draw(io.stderr, formatProblems(problems, { colour: wantsColour(io.stderr, io.environment) }));
}
