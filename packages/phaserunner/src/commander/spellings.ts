/**
 * Rewrites a command line into the one spelling that commander reads without doubt: each flag as `--name=value` right
 * behind the command that owns it, arguments last. So all of pflag's spellings work, among them `--dry-run=false`,
 * `-v=5` and flags in front of a sub-command, and a switch never swallows the argument behind it.
 */
import type { Command } from 'commander';
import { reach } from './command-facts.ts';
import { isFlagWord, readFlagWord, type FlagUse } from './tokens.ts';

/** A command line, understood. */
export interface CommandLine {
  /** The program and the sub-commands named, outermost first. */
  readonly chain: readonly Command[];
  /** The last of them. */
  readonly command: Command;
  /** Words that are neither commands nor flags. */
  readonly operands: readonly string[];
  /** Whether one of them stands in front of all flags, as a misspelt sub-command does. */
  readonly operandFirst: boolean;
  /** Words with flags that the command does not take, as typed. */
  readonly unknown: readonly string[];
  /** Flags whose value is missing, such as `--config`. They are not in `argv`. */
  readonly missing: readonly string[];
  /** The spelling for commander. */
  readonly argv: readonly string[];
}

/** Completion must not do what the words behind a command ask for, such as loading a module. */
type Purpose = 'run' | 'completion';

interface Parts {
  readonly uses: FlagUse[];
  readonly operands: string[];
  readonly unknown: string[];
}

/**
 * Finds the command that `argv` (without the program's name) names, completing commands on the way, and reads its flags.
 * A word is a sub-command only in front of all other arguments. What fits nothing is left for commander to refuse.
 */
export async function readCommandLine(program: Command, argv: readonly string[], purpose: Purpose = 'run'): Promise<CommandLine> {
  const words = helpAsFlag(program, argv);
  const { chain, command, rest } = await findCommand(program, words, purpose);
  const parts = readWords(command, rest);
  const missing = parts.uses.filter((use) => use.missing === true).map(spell);
  const operandFirst = rest[0] !== undefined && !isFlagWord(rest[0]);
  return { chain, command, operands: parts.operands, operandFirst, unknown: parts.unknown, missing, argv: compose(chain, parts) };
}

/**
 * The value of `-o` or `--output` in `words`, whether the command takes such a flag or not: a program that reads the answer has to be
 * answered in its form even where the rest of the line makes no sense. The last one counts.
 */
export function outputIn(words: readonly string[]): string | undefined {
  const end = words.indexOf('--');
  let output: string | undefined;
  for (const [at, word] of (end < 0 ? words : words.slice(0, end)).entries()) {
    const [, joined] = /^(?:--output=|-o=?)(.+)$/s.exec(word) ?? [];
    output = joined ?? (word === '-o' || word === '--output' ? words[at + 1] : undefined) ?? output;
  }
  return output;
}

/** Words of the command that `argv` names, program first, as far as they can be told without completing commands. */
export function namedWords(program: Command, argv: readonly string[]): readonly string[] {
  const words = [program.name()];
  let command = program;
  for (const [at, word] of argv.entries()) {
    const child = childOf(command, word);
    // Behind a flag stands its value, perhaps.
    if (child === undefined && !isFlagWord(word) && !isFlagWord(argv[at - 1] ?? '')) break;
    if (child === undefined) continue;
    command = child;
    words.push(child.name());
  }
  return words;
}

/** `help a b` is `a b --help`. */
function helpAsFlag(program: Command, argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  return first === 'help' && childOf(program, first) === undefined ? [...rest, '--help'] : argv;
}

/** Follows the words of sub-commands; flags in between are stepped over and stay in `rest`. */
async function findCommand(program: Command, words: readonly string[], purpose: Purpose) {
  const complete = (command: Command, behind: readonly string[]): Promise<void> => reach(command, purpose === 'run' ? behind : []);
  const chain = [program];
  const rest: string[] = [];
  let command = program;
  await complete(program, words);
  let at = 0;
  while (at < words.length) {
    const text = words[at] ?? '';
    if (text === '--') break;
    const length = isFlagWord(text) ? flagLength(command, text, words[at + 1]) : 0;
    const child = length === 0 ? childOf(command, text) : undefined;
    if (length === 0 && child === undefined) break;
    if (child === undefined) {
      rest.push(...words.slice(at, at + length));
      at += length;
      continue;
    }
    command = child;
    chain.push(child);
    at += 1;
    await complete(child, [...rest, ...words.slice(at)]);
  }
  return { chain, command, rest: [...rest, ...words.slice(at)] };
}

/**
 * Number of words that a flag takes, seen from `command`. A flag that only a later sub-command knows may have a value
 * behind it: anything but a sub-command or a flag.
 */
function flagLength(command: Command, text: string, next: string | undefined): number {
  const { unknown, takesNext } = readFlagWord(command, { text, next });
  if (takesNext) return 2;
  const mayHaveValue = unknown !== undefined && !isHelp(text) && !text.includes('=');
  return mayHaveValue && next !== undefined && !isFlagWord(next) && childOf(command, next) === undefined && next !== '--' ? 2 : 1;
}

function readWords(command: Command, words: readonly string[]): Parts {
  const parts: Parts = { uses: [], operands: [], unknown: [] };
  for (let at = 0; at < words.length; at += 1) {
    const text = words[at] ?? '';
    if (text === '--') {
      parts.operands.push(...words.slice(at + 1));
      break;
    }
    if (!isFlagWord(text)) {
      parts.operands.push(text);
      continue;
    }
    const { uses, unknown, takesNext } = readFlagWord(command, { text, next: words[at + 1] });
    parts.uses.push(...uses);
    if (unknown !== undefined) parts.unknown.push(unknown);
    if (takesNext) at += 1;
  }
  return parts;
}

function compose(chain: readonly Command[], { uses, operands, unknown }: Parts): readonly string[] {
  const complete = uses.filter((use) => use.missing === undefined);
  const placed = chain.flatMap((command, depth) => [
    ...(depth === 0 ? [] : [command.name()]),
    ...complete.filter(({ owner }) => owner === command).map(spell),
  ]);
  return [...placed, ...unknown, ...(operands.length === 0 ? [] : ['--', ...operands])];
}

function spell({ option, value }: FlagUse): string {
  const name = option.long ?? option.short ?? '';
  if (value === undefined) return name;
  return name.startsWith('--') ? `${name}=${value}` : `${name}${value}`;
}

function isHelp(text: string): boolean {
  return text === '--help' || text === '-h';
}

function childOf(command: Command, word: string): Command | undefined {
  return command.commands.find((child) => child.name() === word || child.aliases().includes(word));
}
