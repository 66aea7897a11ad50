/** The lists of flags in help. */
import type { Command, Option } from 'commander';
import type { Flag, FlagValue } from '../flags.ts';
import type { Row } from './layout.ts';
import { flagOf, optionsOf } from './options.ts';
import { placeholderOf, shellText } from './text.ts';
import { valueText } from './value-text.ts';

/** A row with the name that it is sorted by. */
interface FlagRow extends Row {
  readonly name: string;
}

/** Rows for the visible flags of `command` itself, and for those that it has from its parents. */
export function flagRows(command: Command): { readonly own: readonly Row[]; readonly inherited: readonly Row[] } {
  const visible = optionsOf(command).filter(({ option }) => !option.hidden);
  const own = visible.filter(({ owner }) => owner === command).map(({ option }) => optionRow(option));
  const inherited = visible.filter(({ owner }) => owner !== command).map(({ option }) => optionRow(option));
  return { own: [...own, helpRow].sort(byName), inherited: inherited.sort(byName) };
}

const helpRow: FlagRow = { name: 'help', term: '-h, --help', text: shellText.helpFlag };

function optionRow(option: Option): FlagRow {
  const flag = flagOf(option);
  const text = flag === undefined ? option.description : flagText(flag);
  return { name: option.name(), term: `${optionNames(option)}${placeholder(option, flag)}`, text };
}

/** `-o, --output`; four blanks stand for a missing letter, so that all long names are below each other. */
function optionNames({ short, long }: Option): string {
  if (long === undefined) return short ?? '';
  if (short === undefined) return `    ${long}`;
  return short.startsWith('--') ? `    ${long}, ${short}` : `${short}, ${long}`;
}

function placeholder(option: Option, flag: Flag | undefined): string {
  const text = flag === undefined ? foreignPlaceholder(option.flags) : placeholderOf(flag);
  return text === '' ? '' : ` ${text}`;
}

/** `VALUE` of `--name <VALUE>`, `[VALUE]` of `--name [VALUE]`. */
function foreignPlaceholder(term: string): string {
  return /<(.*)>/.exec(term)?.[1] ?? /\[.*\]/.exec(term)?.[0] ?? '';
}

function flagText(flag: Flag): string {
  const value = defaultText(flag.default);
  const marks = [
    ...(value === '' ? [] : [shellText.defaultMark(value)]),
    ...(flag.deprecated === undefined ? [] : [shellText.deprecatedMark(flag.deprecated)]),
  ];
  return [flag.description, ...marks].join(' ');
}

/** Empty for values that say nothing: empty, false, zero. */
function defaultText(value: FlagValue | undefined): string {
  return value === undefined || value === false || value === 0 ? '' : valueText(value);
}

function byName(one: FlagRow, other: FlagRow): number {
  return one.name < other.name ? -1 : 1;
}
