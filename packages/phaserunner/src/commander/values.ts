/** Reads flag values from the texts of a command line, in the notation of Go's flags, and writes them. */
import type { Flag, FlagType, FlagValue } from '../flags.ts';
import type { Problem } from '../problems.ts';
import { shellText } from './text.ts';

/** One item; `quoted` tells that it stood in quotes. */
interface CsvItem {
  readonly text: string;
  readonly quoted: boolean;
}

// A quoted item doubles its inner quotes; an unquoted one holds none.
const itemPattern = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;

/**
 * Returns the items of `text`, none for the empty text. Blanks belong to the items.
 * Undefined when a quote is not closed or stands inside an unquoted item.
 * @see RFC 4180, sections 2.5 to 2.7
 */
export function parseCsv(text: string): readonly CsvItem[] | undefined {
  if (text === '') return [];
  const items: CsvItem[] = [];
  itemPattern.lastIndex = 0;
  for (;;) {
    const match = itemPattern.exec(text);
    if (match === null) return undefined;
    const [, quoted, plain = '', end] = match;
    items.push(quoted === undefined ? { text: plain, quoted: false } : { text: quoted.replaceAll('""', '"'), quoted: true });
    if (end === '') return items;
  }
}

/** Returns the text after `--name=`; list items and map entries are quoted where they need it. */
export function valueText(value: FlagValue): string {
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.map(csvItem).join(',');
  return Object.entries(value)
    .map(([name, text]) => csvItem(`${name}=${text}`))
    .join(',');
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: FlagValue): value is readonly string[] {
  return Array.isArray(value);
}

function csvItem(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A value, or what is wrong. */
type Parsed<T> = { readonly value: T } | { readonly wrong: string };

/** Spellings that Go's `strconv.ParseBool` knows. */
const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false] as const),
]);

// Leading zeros are refused because Go reads 010 as eight.
const integer = /^[+-]?(?:0|[1-9]\d*)$/;

/** @see https://pkg.go.dev/time#ParseDuration */
const duration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/**
 * Reads `texts`, the values that `flag` was given in order. Lists and maps append, of others the last one counts.
 * Durations stay texts. @returns the value, or the problems of all texts
 */
export function parseFlagValue(
  flag: Flag,
  texts: readonly string[],
): { readonly value: FlagValue } | { readonly problems: readonly Problem[] } {
  const values: FlagValue[] = [];
  const problems: Problem[] = [];
  for (const text of texts) {
    const parsed = withinChoices(flag, parsers[flag.type](text));
    if ('value' in parsed) values.push(parsed.value);
    else problems.push(invalidValue(flag, text, parsed.wrong));
  }
  return problems.length > 0 ? { problems } : { value: combine(flag.type, values) };
}

/** The flag as error messages name it: `-o, --output`. */
function flagLabel(flag: Pick<Flag, 'name' | 'short'>): string {
  return flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`;
}

function invalidValue(flag: Flag, text: string, wrong: string): Problem {
  return {
    code: 'FLAG_VALUE_INVALID',
    summary: flag.secret === true ? shellText.invalidSecret(flagLabel(flag)) : shellText.invalidArgument(text, flagLabel(flag), wrong),
    remedy: shellText.valueForm(flag),
    where: { object: `--${flag.name}` },
  };
}

const parsers: Readonly<Record<FlagType, (text: string) => Parsed<FlagValue>>> = {
  string: (value) => ({ value }),
  boolean: (text) => {
    const value = booleans.get(text);
    return value === undefined ? { wrong: shellText.notBoolean } : { value };
  },
  integer: (text) => {
    const value = Number(text);
    return integer.test(text) && Number.isSafeInteger(value) ? { value } : { wrong: shellText.notInteger };
  },
  duration: (value) => (duration.test(value) ? { value } : { wrong: shellText.notDuration }),
  list: (text) => {
    const items = parseCsv(text);
    return items === undefined ? { wrong: shellText.openQuote } : { value: items.map((item) => item.text) };
  },
  map: parseMap,
};

function parseMap(text: string): Parsed<Readonly<Record<string, string>>> {
  const items = parseCsv(text);
  if (items === undefined) return { wrong: shellText.openQuote };
  const entries: [string, string][] = [];
  for (const item of items) {
    const [name = '', ...values] = item.text.split('=');
    if (values.length === 0) return { wrong: shellText.noEqualsSign(item.text) };
    // `a=b=1,c=2` could be one entry or two; quotes make it one.
    if (values.length > 1 && !item.quoted) return { wrong: shellText.manyEqualsSigns(item.text) };
    entries.push([name, values.join('=')]);
  }
  return { value: Object.fromEntries(entries) };
}

function withinChoices(flag: Flag, parsed: Parsed<FlagValue>): Parsed<FlagValue> {
  const { choices } = flag;
  if (choices === undefined || 'wrong' in parsed) return parsed;
  const given = isList(parsed.value) ? parsed.value : [valueText(parsed.value)];
  return given.every((text) => choices.includes(text)) ? parsed : { wrong: shellText.notAChoice(choices) };
}

function combine(type: FlagType, values: readonly FlagValue[]): FlagValue {
  if (type === 'list') return (values as readonly (readonly string[])[]).flat();
  if (type === 'map') return Object.assign({}, ...(values as readonly Record<string, string>[])) as Record<string, string>;
  return values.at(-1) ?? '';
}
