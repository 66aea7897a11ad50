/** Runs a program: command line in, exit code out. */
import type { Command, CommanderError } from 'commander';
import { ProblemError, problemsOf, type Problem } from '../problems.ts';
import { isRunnable } from './command-facts.ts';
import { wordsOf } from './options.ts';
import { namedWords, outputIn, readCommandLine, type CommandLine } from './spellings.ts';
import { dataFormat, surround, tellFailure, type ProgramOptions, type Surroundings } from './surroundings.ts';

/** First words with which completion scripts ask for candidates; the second one asks for bare words. */
const completionWords: ReadonlySet<string> = new Set(['__complete', '__completeNoDesc']);

/**
 * Runs the command of `program` that `argv` names (without the program's own name) and returns the exit code.
 * Never throws and never ends the process; problems are reported.
 */
export async function runProgram(program: Command, argv: readonly string[], options: ProgramOptions = {}): Promise<number> {
  const isCompletion = completionWords.has(argv[0] ?? '');
  const surroundings = surround(program, options, isCompletion ? undefined : outputIn(argv));
  let line: CommandLine | undefined;
  try {
    if (isCompletion) return await printCandidates(program, argv, surroundings);
    await watchSignals(surroundings);
    surroundings.words = namedWords(program, argv);
    line = await readCommandLine(program, argv);
    surroundings.words = wordsOf(line.command);
    if (surroundings.output !== undefined)
      surroundings.output = dataFormat(outputIn(line.argv), surroundings.documents) ?? surroundings.output;
    if (line.missing.length > 0) throw new ProblemError((await import('./usage-error.ts')).missingValues(line));
    for (const command of line.chain) prepare(command, surroundings);
    if (mayPrintHelp(line)) await (await import('./help.ts')).prepareHelp(line.command, surroundings.io);
    await program.parseAsync([...line.argv], { from: 'user' });
    return surroundings.exitCode;
  } catch (error) {
    return await fail(error, line, surroundings);
  } finally {
    surroundings.releaseSignals();
  }
}

/** Signals end the process as they do by themselves, but programs that read the answer are told. */
async function watchSignals(surroundings: Surroundings): Promise<void> {
  if (surroundings.output === undefined) return;
  const { endOnSignals, writeInterruption } = await import('./failure.ts');
  surroundings.releaseSignals = endOnSignals(surroundings);
  surroundings.tellInterruption = (signal) => writeInterruption(surroundings, signal);
}

/** Makes `command` throw instead of ending the process, and write to our streams. */
function prepare(command: Command, { io, output }: Surroundings): void {
  const write = (text: string): void => io.stdout.write(text);
  command.exitOverride();
  command.enablePositionalOptions();
  command.configureOutput({
    writeOut: write,
    // Commander sends help here when a sub-command is missing; it belongs to standard output all the same, unless a program reads that.
    writeErr: output === undefined ? write : (text) => io.stderr.write(text),
    // Errors become problems.
    outputError: () => undefined,
  });
}

/** Help is asked for, or printed because a command only groups others. */
function mayPrintHelp({ command, unknown }: CommandLine): boolean {
  const asks = unknown.includes('--help') || unknown.includes('-h');
  return asks || (command.commands.length > 0 && !isRunnable(command));
}

async function fail(error: unknown, line: CommandLine | undefined, surroundings: Surroundings): Promise<number> {
  const problems = await problemsIn(error, line);
  if (problems.length === 0) return 0;
  await tellFailure(surroundings, problems);
  return surroundings.exitCodeOf(problems);
}

async function problemsIn(error: unknown, line: CommandLine | undefined): Promise<readonly Problem[]> {
  if (line === undefined || !isCommanderError(error)) return problemsOf(error, 'COMMAND_FAILED');
  // The program alone shows its help: that is what a newcomer types first.
  if (error.code === 'commander.help' && line.command.parent === null) return [];
  const { usageProblems } = await import('./usage-error.ts');
  return usageProblems(error, line);
}

function isCommanderError(error: unknown): error is CommanderError {
  return error instanceof Error && String((error as { code?: unknown }).code).startsWith('commander.');
}

async function printCandidates(program: Command, argv: readonly string[], { io }: Surroundings): Promise<number> {
  const { candidateText, candidatesFor } = await import('./completion.ts');
  const candidates = await candidatesFor(program, argv.slice(1));
  io.stdout.write(candidateText(candidates, argv[0] === '__complete'));
  return 0;
}
