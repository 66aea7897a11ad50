/** Candidates for the word under the cursor, from the same tree as help. */
import type { Command, Option } from 'commander';
import { operandCandidates } from './command-facts.ts';
import { findOption, flagOf, optionsOf, type Candidate, type OwnedOption } from './options.ts';
import { readCommandLine } from './spellings.ts';
import { isFlagWord, readFlagWord } from './tokens.ts';

/** What the shell does with the candidates; bits as in the protocol of cobra, which scripts may know. */
const directives = { noSpace: 2, noFiles: 4 } as const;

/** The answer to a completion script. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** True where no blank follows, because a list may go on. */
  readonly noSpace: boolean;
  /** True where file names make sense and the shell offers them itself. */
  readonly files: boolean;
}

/**
 * Returns the candidates for the last of `words`, which may be empty; the words before it are taken as they are.
 * Runs nothing of the application but what completes its commands; files with extra phases are not loaded.
 */
export async function candidatesFor(program: Command, words: readonly string[]): Promise<Candidates> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const { command, operands } = await readCommandLine(program, before, 'completion');
  const previous = before.at(-1) ?? '';
  const open = before.includes('--') ? undefined : openFlag(command, previous);
  if (open !== undefined) return valuesOf(open, current, '');
  if (current.startsWith('-') && !before.includes('--')) return flagsOrValue(command, current);
  return {
    ...plain(match(wordsOf(command, operands.length, current), current)),
    files: command.registeredArguments.length > 0 && command.commands.length === 0,
  };
}

/** The answer as text: one candidate a line, with a tab before what it means, then a colon and the directive. */
export function candidateText({ candidates, noSpace, files }: Candidates, withTexts: boolean): string {
  const lines = candidates.map(({ word, text }) => (withTexts && text !== '' ? `${word}\t${text.replaceAll(/\s+/g, ' ')}` : word));
  const directive = (noSpace ? directives.noSpace : 0) + (files ? 0 : directives.noFiles);
  return [...lines, `:${directive}`, ''].join('\n');
}

/** The flag at the end of the words whose value comes next. */
function openFlag(command: Command, word: string): OwnedOption | undefined {
  if (!isFlagWord(word)) return undefined;
  const last = readFlagWord(command, { text: word, next: undefined }).uses.at(-1);
  return last?.missing === true ? last : undefined;
}

function flagsOrValue(command: Command, current: string): Candidates {
  const equals = current.indexOf('=');
  if (equals < 0) return plain(match(flagCandidates(command), current));
  const found = findOption(command, current.slice(0, equals));
  return found === undefined ? plain([]) : valuesOf(found, current.slice(equals + 1), current.slice(0, equals + 1));
}

/** Values of a flag; `typed` may be a list of which the last item is completed. */
function valuesOf({ option }: OwnedOption, typed: string, prefix: string): Candidates {
  const values = valueCandidates(option);
  if (values.length === 0) return { candidates: [], noSpace: false, files: true };
  const noSpace = flagOf(option)?.type === 'list';
  const head = noSpace ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  const taken = new Set(head.split(','));
  const candidates = match(values, typed.slice(head.length))
    .filter(({ word }) => !taken.has(word))
    .map(({ word, text }) => ({ word: `${prefix}${head}${word}`, text }));
  return { candidates, noSpace, files: false };
}

function valueCandidates(option: Option): readonly Candidate[] {
  const flag = flagOf(option);
  if (flag?.candidates !== undefined) return flag.candidates();
  const words = flag?.choices ?? option.argChoices ?? switchWords(flag?.type);
  return words.map((word) => ({ word, text: '' }));
}

function switchWords(type: string | undefined): readonly string[] {
  return type === 'boolean' ? ['true', 'false'] : [];
}

function flagCandidates(command: Command): readonly Candidate[] {
  const flags = optionsOf(command).filter(({ option }) => !option.hidden && flagOf(option)?.deprecated === undefined);
  return [
    ...flags.map(({ option }) => ({ word: option.long ?? option.short ?? '', text: option.description })),
    { word: '--help', text: '' },
  ].sort((one, other) => (one.word < other.word ? -1 : 1));
}

/** Sub-commands stand only in front of arguments. */
function wordsOf(command: Command, operands: number, current: string): readonly Candidate[] {
  const children = operands > 0 ? [] : command.createHelp().visibleCommands(command);
  const words = children.map((child) => ({ word: child.name(), text: child.summary() || child.description() }));
  const showPaths = operands > 0 || current.includes('/');
  const choices = (command.registeredArguments[operands]?.argChoices ?? []).map((word) => ({ word, text: '' }));
  return [...words, ...(showPaths ? operandCandidates(command) : []), ...choices];
}

function match(candidates: readonly Candidate[], start: string): readonly Candidate[] {
  return candidates.filter(({ word }) => word.startsWith(start));
}

function plain(candidates: readonly Candidate[]): Candidates {
  return { candidates, noSpace: false, files: false };
}
