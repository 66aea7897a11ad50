/** Candidates for the word under the cursor, from the same tree as help. */
import type { Command } from 'commander';
import { operandCandidates } from './command-facts.ts';
import { findOption, flagOf, optionsOf, type Candidate, type OwnedOption } from './options.ts';
import type { ProgramOptions } from './surroundings.ts';
import { readCommandLine } from './spellings.ts';
import { isFlagWord, readFlagWord } from './tokens.ts';

/** What the shell does with the candidates; bits as in the protocol of cobra, which scripts may know. */
const directives = { noSpace: 2, noFiles: 4 } as const;

type ValuesByFlag = NonNullable<ProgramOptions['candidates']>;

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
export async function candidatesFor(program: Command, words: readonly string[], values: ValuesByFlag = {}): Promise<Candidates> {
  const before = words.slice(0, -1);
  const current = words.at(-1) ?? '';
  const { command, operands } = await readCommandLine(program, before, 'completion');
  const previous = before.at(-1) ?? '';
  const open = before.includes('--') ? undefined : openFlag(command, previous);
  if (open !== undefined) return valuesOf(await valueCandidates(open, values), { owned: open, typed: current, prefix: '' });
  if (current.startsWith('-') && !before.includes('--')) return flagsOrValue(command, current, values);
  const candidates = await wordsOf(command, operands.length, current);
  return {
    ...plain(match(candidates, current)),
    files: candidates.length === 0 && command.registeredArguments.length > 0 && command.commands.length === 0,
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

async function flagsOrValue(command: Command, current: string, values: ValuesByFlag): Promise<Candidates> {
  const equals = current.indexOf('=');
  if (equals < 0) return plain(match(flagCandidates(command), current));
  const found = findOption(command, current.slice(0, equals));
  if (found === undefined) return plain([]);
  const place = { owned: found, typed: current.slice(equals + 1), prefix: current.slice(0, equals + 1) };
  return valuesOf(await valueCandidates(found, values), place);
}

interface ValuePlace {
  readonly owned: OwnedOption;
  readonly typed: string;
  /** What stands before it in the same word. */
  readonly prefix: string;
}

/** Values of a flag; `typed` may be a list of which the last item is completed. */
function valuesOf(values: readonly Candidate[], { owned: { option }, typed, prefix }: ValuePlace): Candidates {
  if (values.length === 0) return { candidates: [], noSpace: false, files: true };
  const noSpace = flagOf(option)?.type === 'list';
  const head = noSpace ? typed.slice(0, typed.lastIndexOf(',') + 1) : '';
  const taken = new Set(head.split(','));
  const candidates = match(values, typed.slice(head.length))
    .filter(({ word }) => !taken.has(word))
    .map(({ word, text }) => ({ word: `${prefix}${head}${word}`, text }));
  // Behind an equals sign at the end something has to follow.
  const isOpen = candidates.length > 0 && candidates.every(({ word }) => word.endsWith('='));
  return { candidates, noSpace: noSpace || isOpen, files: false };
}

async function valueCandidates({ option }: OwnedOption, values: ValuesByFlag): Promise<readonly Candidate[]> {
  const flag = flagOf(option);
  const choices = flag?.choices ?? option.argChoices;
  const make = flag?.candidates ?? (choices === undefined ? ownValue(values, option.name()) : undefined);
  if (make !== undefined) return make();
  return (choices ?? switchWords(flag?.type)).map((word) => ({ word, text: '' }));
}

function ownValue(values: ValuesByFlag, name: string): ValuesByFlag[string] | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
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
async function wordsOf(command: Command, operands: number, current: string): Promise<readonly Candidate[]> {
  const children = operands > 0 ? [] : command.createHelp().visibleCommands(command);
  const words = children.map((child) => ({ word: child.name(), text: child.summary() || child.description() }));
  const showPaths = command.commands.length === 0 || operands > 0 || current.includes('/');
  const choices = (command.registeredArguments[operands]?.argChoices ?? []).map((word) => ({ word, text: '' }));
  return [...words, ...(showPaths ? await operandCandidates(command) : []), ...choices];
}

function match(candidates: readonly Candidate[], start: string): readonly Candidate[] {
  return candidates.filter(({ word }) => word.startsWith(start));
}

function plain(candidates: readonly Candidate[]): Candidates {
  return { candidates, noSpace: false, files: false };
}
