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
  const flag = flagOf(option) ?? asFlag(option);
  const value = placeholderOf(flag);
  return { name: option.name(), term: value === '' ? optionNames(option) : `${optionNames(option)} ${value}`, text: flagText(flag) };
}

/** What help needs of an option that the application made itself. */
function asFlag(option: Option): Flag {
  const placeholder = /<(.*)>/.exec(option.flags)?.[1] ?? /\[.*\]/.exec(option.flags)?.[0];
  const { description, argChoices, defaultValue } = option;
  return {
    name: option.name(),
    type: placeholder === undefined ? 'boolean' : 'string',
    description,
    default: defaultValue as FlagValue,
    ...(argChoices === undefined ? { placeholder: placeholder ?? '' } : { choices: argChoices }),
  };
}

/** `-o, --output`; four blanks stand for a missing letter, so that all long names are below each other. */
function optionNames({ short, long }: Option): string {
  if (long === undefined) return short ?? '';
  if (short === undefined) return `    ${long}`;
  return short.startsWith('--') ? `    ${long}, ${short}` : `${short}, ${long}`;
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
