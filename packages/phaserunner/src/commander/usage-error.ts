/** Turns what commander refuses into problems with a code, words that users of such tools know, and a suggestion. */
import type { Command, CommanderError } from 'commander';
import { nearest } from '../nearest.ts';
import type { Problem, UsageCode } from '../problems.ts';
import { flagHint, isRunnable, isSeparated } from './command-facts.ts';
import { shellText } from './text.ts';
import { flagOf, fullName, optionsOf } from './options.ts';
import type { CommandLine } from './spellings.ts';

/** Returns the problems behind `error`, which commander threw for `line`; none when it only ended the program early, as help does. */
export function usageProblems(error: CommanderError, line: CommandLine): readonly Problem[] {
  if (error.exitCode === 0) return [];
  const problems = conversions[error.code]?.(line, error) ?? [];
  return problems.length > 0 ? problems : [problem('FLAG_VALUE_INVALID', line, ownWords(error))];
}

/** One problem for each flag of `line` without the value that it needs. Commander would take the next command for it. */
export function missingValues(line: CommandLine): readonly Problem[] {
  return line.missing.map((flag) => problem('FLAG_VALUE_INVALID', line, shellText.valueMissing(flag)));
}

/** The problem that `operands` are not taken by `command`. */
export function excessProblem(command: Command, operands: readonly string[]): Problem {
  const most = command.registeredArguments.length;
  const name = fullName(command);
  const [first = ''] = operands.slice(most);
  const where = { object: name };
  const file = fileFlag(command, first);
  const remedy = file === undefined ? suggestion(first, commandNames(command), name) : shellText.didYouMean(file);
  if (most > 0) return { code: 'ARGUMENT_UNEXPECTED', summary: shellText.tooManyArguments(most, operands.length), remedy, where };
  if (isSeparated(command)) {
    return { code: 'ARGUMENT_UNEXPECTED', summary: shellText.unexpectedArgument(first, name), remedy: shellText.leaveOutEnd(name), where };
  }
  const code: UsageCode = command.commands.length > 0 ? 'COMMAND_UNKNOWN' : 'ARGUMENT_UNEXPECTED';
  return { code, summary: shellText.unknownCommand(first, name), remedy, where };
}

/** The problem that standard output cannot be written, for the reason `cause`. */
export function outputProblem(cause: unknown): Problem {
  const code: UsageCode = 'OUTPUT_UNWRITABLE';
  return { code, summary: shellText.outputUnwritable, remedy: shellText.outputElsewhere, where: { object: shellText.stdout }, cause };
}

type Conversion = (line: CommandLine, error: CommanderError) => readonly Problem[];

const conversions: Readonly<Record<string, Conversion>> = {
  'commander.unknownOption': unknownFlags,
  'commander.unknownCommand': (line) => [excessProblem(line.command, line.operands)],
  'commander.excessArguments': (line) => [excessProblem(line.command, line.operands)],
  'commander.missingArgument': (line) => {
    const argument = line.command.registeredArguments[line.operands.length];
    return [problem('ARGUMENT_MISSING', line, shellText.argumentMissing(argument?.name() ?? '', fullName(line.command)))];
  },
  'commander.missingMandatoryOptionValue': (line) => [problem('FLAG_VALUE_INVALID', line, shellText.required(unsetFlags(line.command)))],
  'commander.invalidArgument': (line, error) => [problem('FLAG_VALUE_INVALID', line, invalidValue(error))],
  'commander.conflictingOption': (line, error) => [problem('FLAG_CONFLICT', line, ownWords(error))],
  'commander.help': (line) => [problem('SUBCOMMAND_REQUIRED', line, shellText.subcommandRequired(fullName(line.command)))],
};

function unknownFlags(line: CommandLine): readonly Problem[] {
  const { command, operands } = line;
  // The flags may be those of the command that was meant.
  if (line.operandFirst && command.commands.length > 0 && !isRunnable(command)) return [excessProblem(command, operands)];
  const names = optionsOf(line.command).flatMap(({ option }) => (option.hidden || option.long === undefined ? [] : [option.long]));
  return line.unknown.map((word): Problem => {
    // What follows the equals sign may be a secret.
    const flag = word.replace(/=.*/s, '');
    const summary = flag.startsWith('--') ? shellText.unknownFlag(flag) : shellText.unknownLetter(flag.slice(1, 2), flag);
    return {
      code: 'FLAG_UNKNOWN',
      summary,
      remedy: flagRemedy(flag, names, line.command),
      where: { object: fullName(line.command) },
    };
  });
}

function flagRemedy(flag: string, names: readonly string[], command: Command): string {
  const elsewhere = flagHint(command, flag.replace(/^--/, ''));
  if (elsewhere !== undefined) return elsewhere;
  const [longer, ...others] = flag.startsWith('--') && flag.length > shortestBeginning ? names.filter((name) => name.startsWith(flag)) : [];
  return longer !== undefined && others.length === 0 ? shellText.didYouMean(longer) : suggestion(flag, names, fullName(command));
}

/** What is shorter, with its dashes, is no beginning of anything in particular. */
const shortestBeginning = 4;

/** The flag for a file that was given as an argument, as scripts of other tools do: the first of the command that takes a file. */
function fileFlag(command: Command, word: string): string | undefined {
  if (!/\.(ya?ml|json)$/.test(word)) return undefined;
  const flag = optionsOf(command)
    .map(({ option }) => flagOf(option))
    .find((row) => row?.placeholder === shellText.file && row.hidden !== true);
  return flag === undefined ? undefined : `--${flag.name} ${word}`;
}

/** Names of the options that have to be given and were not. */
function unsetFlags(command: Command): readonly string[] {
  return optionsOf(command)
    .filter(({ option, owner }) => option.mandatory && owner.getOptionValue(option.attributeName()) === undefined)
    .map(({ option }) => option.name());
}

/** Commander's sentence about a value that an option of the application refused, in our words. */
function invalidValue(error: CommanderError): string {
  const [, term = '', text = '', wrong = ''] = /option '(.*?)' argument '(.*)' is invalid\. (.*)$/s.exec(error.message) ?? [];
  const flag = term.replace(/ [<[].*/, '');
  return flag === '' ? ownWords(error) : shellText.invalidArgument(text, flag, wrong);
}

function suggestion(word: string, candidates: readonly string[], command: string): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? shellText.seeHelp(command) : shellText.didYouMean(candidate);
}

function commandNames(command: Command): readonly string[] {
  return command.commands.flatMap((child) => [child.name(), ...child.aliases()]);
}

function problem(code: UsageCode, line: CommandLine, summary: string): Problem {
  return { code, summary, remedy: shellText.seeHelp(fullName(line.command)), where: { object: fullName(line.command) } };
}

function ownWords(error: CommanderError): string {
  return error.message.replace(/^error: /, '');
}
