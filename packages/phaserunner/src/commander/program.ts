/** Runs a program: command line in, exit code out. */
import type { Command, CommanderError } from 'commander';
import { ProblemError, problemsOf, type Problem } from '../problems.ts';
import { isRunnable } from './command-facts.ts';
import { wordsOf } from './options.ts';
import { namedWords, outputIn, readCommandLine, type CommandLine } from './spellings.ts';
import { dataFormat, surround, type ProgramOptions, type Surroundings } from './surroundings.ts';

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
    await prepareFailures(surroundings);
    line = await understand(program, argv, surroundings);
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

/** Reads the command line; what is understood of it is there also when completing its commands fails. */
async function understand(program: Command, argv: readonly string[], surroundings: Surroundings): Promise<CommandLine> {
  surroundings.words = namedWords(program, argv);
  const line = await readCommandLine(program, argv);
  surroundings.words = wordsOf(line.command);
  const { output, documents } = surroundings;
  if (output !== undefined) surroundings.output = dataFormat(outputIn(line.argv), documents) ?? output;
  return line;
}

/** Loads what programs that read the answer are told with. Signals then end the process as they do by themselves, but they are told of. */
async function prepareFailures(surroundings: Surroundings): Promise<void> {
  if (surroundings.output === undefined) return;
  const [{ endOnSignals, writeInterruption }, describe] = await Promise.all([import('./failure.ts'), surroundings.document()]);
  surroundings.describe = describe;
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
  await (await import('./failure.ts')).tellFailure(surroundings, problems);
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

async function printCandidates(program: Command, argv: readonly string[], { io, candidates: values }: Surroundings): Promise<number> {
  const { candidateText, candidatesFor } = await import('./completion.ts');
  const candidates = await candidatesFor(program, argv.slice(1), values);
  io.stdout.write(candidateText(candidates, argv[0] === '__complete'));
  return 0;
}
