/** What a program gets from outside (streams, signals, exit codes), kept beside its root command. */
import type { Command } from 'commander';
import type { Problem } from '../problems.ts';
import type { RenderIo } from '../render/renderer.ts';
import type { SignalSource } from './signals.ts';

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

export interface ProgramOptions {
  /** Streams and environment; those of this process when absent. */
  readonly io?: CommandIo;
  /** Where SIGINT and SIGTERM come from; this process when absent. */
  readonly signals?: SignalSource;
  /** Exit code for a failure with these problems. Default: always 1. Cancelled runs exit with 130 or 143. */
  readonly exitCodeOf?: (problems: readonly Problem[]) => number;
  /** Prints problems that no renderer has printed. Default: `formatProblems` to standard error. */
  readonly report?: (problems: readonly Problem[], io: CommandIo) => void | Promise<void>;
}

/** `ProgramOptions` without gaps, and the exit code that the command decided. */
export interface Surroundings extends Required<ProgramOptions> {
  exitCode: number;
  /** Leaves the terminal as it was; replaced while a renderer is at work. */
  closeOutput: () => void;
  /** Writes a line to standard error; replaced while a renderer is at work, which knows what is drawn there. */
  writeLine: (line: string) => void;
}

const surroundingsOf = new WeakMap<Command, Surroundings>();

/** Sets the surroundings of `program` for one run. */
export function surround(program: Command, options: ProgramOptions): Surroundings {
  const io = options.io ?? processIo();
  const surroundings: Surroundings = {
    io,
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

function rootOf(command: Command): Command {
  let root = command;
  while (root.parent !== null) root = root.parent;
  return root;
}

function processIo(): CommandIo {
  return { stdout: process.stdout, stderr: process.stderr, environment: process.env };
}

async function reportToStderr(problems: readonly Problem[], io: CommandIo): Promise<void> {
  const [{ formatProblems }, { wantsColour }] = await Promise.all([import('../render/problem.ts'), import('../render/style.ts')]);
  io.stderr.write(formatProblems(problems, { colour: wantsColour(io.stderr, io.environment) }));
}
