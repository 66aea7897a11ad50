/** Every word that the command line itself says. Texts of phases and flags stay with them. */
import type { Flag, FlagType } from '../flags.ts';
import { quotable } from '../nearest.ts';

/** What stands for the value of a flag in help, by type. */
const placeholders: Readonly<Record<FlagType, string>> = {
  string: 'TEXT',
  boolean: '',
  integer: 'N',
  duration: 'DURATION',
  list: 'ITEM,…',
  map: 'NAME=VALUE,…',
};

const forms: Readonly<Record<FlagType, string>> = {
  string: 'a text',
  boolean: 'true or false, after an equals sign; or leave the value out for true',
  integer: 'a whole decimal number without leading zeros',
  duration: 'numbers with units, such as 1h30m or 90s; units are ns, us, ms, s, m and h',
  list: 'items separated by commas; an item with a comma goes in double quotes',
  map: 'NAME=VALUE, several separated by commas; an item with a comma or a second equals sign goes in double quotes',
};

/** Headings of the sections of help, in order. */
export const headings = {
  phasesOf: (usage: string) => `Phases of "${usage}", in the order in which they run:`,
  usage: 'Usage:',
  aliases: 'Aliases:',
  examples: 'Examples:',
  arguments: 'Arguments:',
  commands: 'Available Commands:',
  needs: 'Needs before it:',
  flags: 'Flags:',
  globalFlags: 'Global Flags:',
  selecting: 'Selecting phases:',
};

/** Sentences; wording is changed here and nowhere else. */
export const shellText = {
  stopping: (signal: string) => `${signal} received: stopping after clean-up; send it again to end at once`,
  interruptedBy: (signal: string) => `interrupted by ${signal}`,
  runAgain: 'run the same command again',

  unknownFlag: (flag: string) => `unknown flag: ${quotable(flag)}`,
  unknownLetter: (letter: string, word: string) => `unknown shorthand flag: "${letter}" in ${quotable(word)}`,
  unknownCommand: (word: string, words: string) => `unknown command "${quotable(word)}" for "${words}"`,
  unexpectedArgument: (word: string, words: string) => `unexpected argument "${quotable(word)}" for "${words}"`,
  leaveOutEnd: (words: string) => `what stands behind "--" are arguments, and "${words}" takes none; leave "--" out to name a sub-command`,
  valueMissing: (flag: string) => `flag needs an argument: ${flag}`,
  invalidArgument: (text: string, flag: string, wrong: string) => `invalid argument "${quotable(text)}" for "${flag}" flag: ${wrong}`,
  invalidSecret: (flag: string) => `invalid argument for "${flag}" flag`,
  required: (flags: readonly string[]) => `required flag(s) ${flags.map((flag) => `"${flag}"`).join(', ')} not set`,
  tooManyArguments: (most: number, given: number) => `accepts at most ${most} arg(s), received ${given}`,
  argumentMissing: (name: string, words: string) => `argument ${name} of "${words}" is missing`,
  subcommandRequired: (words: string) => `subcommand is required: "${words}" does nothing by itself`,
  leaveOut: (flag: string) => `leave ${flag} out, or select a phase that takes it`,
  selectionEmpty: (flag: string) => `${flag} names no phase`,
  nameOne: (flag: string) => `name a phase, or leave ${flag} out to run all`,
  phaseRequired: 'subcommand is required: name a phase',
  leaveOneOut: 'leave one of them out',
  flagConflict: (one: string, other: string) => `${one} and ${other} exclude each other`,
  flagUnused: (flag: string, phases: readonly string[]) => `unknown flag: ${flag} (no selected phase takes it: ${phases.join(', ')})`,

  didYouMean: (word: string) => `did you mean ${word}?`,
  seeHelp: (words: string) => `see "${words} --help"`,
  severalPhases: (words: string, paths: readonly string[]) => `several phases are run with: ${words} phase --only ${paths.join(',')}`,
  onePhase: (words: string, path: string) => `one phase is run with: ${words} phase ${path.replaceAll('/', ' ')}`,
  takenBy: ([first = '', second, third, ...others]: readonly string[]) => {
    if (second === undefined) return `phase ${first} takes it`;
    const names = [first, second, ...(third === undefined ? [] : [third])].join(', ');
    return `phases ${names}${others.length === 0 ? '' : ` and ${others.length} more`} take it`;
  },
  nameAPhase: (words: string) => `see "${words} phase --list" for the phases, or run all of them with "${words}"`,

  failedUnseen: 'an error in the background was handled by nobody',
  neverEnds: 'the program waits for something that will never come',
  endsProgram: 'its code called process.exit',
  mendModule: 'correct the module: await what it starts, let errors be thrown by its phases, and let phases return',

  stdout: 'standard output',
  outputUnwritable: 'standard output cannot be written',
  outputElsewhere: 'make room where standard output goes, or send it elsewhere, and run the command again',

  notBoolean: 'neither true nor false',
  notInteger: 'not a whole number',
  notDuration: 'not a duration',
  openQuote: 'a double quote is not closed, or stands inside an item',
  noEqualsSign: (item: string) => `"${quotable(item)}" has no equals sign`,
  manyEqualsSigns: (item: string) => `"${quotable(item)}" has more than one equals sign`,
  notAChoice: (choices: readonly string[]) => `must be one of ${choices.join(', ')}`,
  valueForm: (flag: Flag) => `the value is ${flag.choices === undefined ? forms[flag.type] : `one of ${flag.choices.join(', ')}`}`,

  deprecatedFlag: (name: string, notice: string) => `warning: flag --${name} is deprecated: ${notice}\n`,
  deprecatedMark: (notice: string) => `(deprecated: ${notice})`,
  defaultMark: (text: string) => `(default ${text})`,
  orElse: (condition: string) => `or ${condition}`,
  onlyMark: (condition: string) => `(only ${condition})`,
  helpFlag: 'Show this help',
  helpCommand: 'Show the help of a command',
  commandHelp: (words: string) => `"${words} COMMAND --help" tells more about a command.`,
  phaseHelp: (words: string) => `"${words} phase PHASE --help" tells more about a phase.`,

  selectOne: 'run one phase with everything below it',
  selectSeveral: 'run several, in the order of the list above',
  selectAllBut: 'run all but some',
  selectFrom: 'go on from a phase, such as one that failed',
  selectList: 'list the phases; with -o json as data',

  /** Descriptions of the flags that the binding adds, and of `phase`. */
  phase: (name: string) => `Run one phase of ${name}, or several`,
  all: 'Run the phase with everything below it',
  only: 'Run only these phases, each with everything below it',
  skip: 'Leave these phases out, each with everything below it',
  from: 'Start at this phase',
  until: 'Stop after this phase',
  output: 'How the run is shown; text is a tree on a terminal and plain lines elsewhere',
  quiet: 'Tell only warnings, problems and results',
  verbosity: 'How much is told: 0 what a user needs, 1 each step, more for details',
  extraPhases: 'Add the phases that this module exports; may be repeated',
  list: 'Print the phases instead of running any; with -o json as data',
  graph: 'Print a picture of the phases instead of running any',

  /** Placeholders. */
  path: 'PHASE',
  paths: 'PHASE,…',
  file: 'FILE',
};

/** What stands for the value of `flag` in help; empty for switches. */
export function placeholderOf(flag: Flag): string {
  return flag.placeholder ?? (flag.choices === undefined ? placeholders[flag.type] : flag.choices.join('|'));
}
