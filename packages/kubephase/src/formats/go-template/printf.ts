/** Formats values with the verbs of Go's `printf`. */
import { printNumber, shortEscapes, TemplateFault } from '../go-text.ts';
import { kindOf, printValue } from './value.ts';

const directive = /%(?<flags>[-+# 0]*)(?<width>\d*)(?:\.(?<precision>\d*))?(?<verb>.?)/gsu;
/** Wider columns are a mistake, and must not exhaust the memory. */
const maxWidth = 1000;
const maxPrecision = 100;

/**
 * Returns `format` with its verbs replaced. As in Go, a verb that does not fit its value, a missing and a surplus value
 * become marks in the text, such as `%!d(string=a)`. Whole numbers may be printed by the verbs for broken ones, which Go marks.
 * @throws TemplateFault for `%#…`, `%*d`, `%[1]d`, `%e` and other verbs that exist in Go but not here
 * @see https://pkg.go.dev/fmt
 */
export function printf(format: unknown, values: readonly unknown[], offset: number): string {
  if (typeof format !== 'string') throw new TemplateFault('the first argument of printf is a text', offset);
  let used = 0;
  const text = format.replace(directive, (...match: unknown[]) => {
    const found = toDirective(match.at(-1) as Readonly<Record<string, string | undefined>>, offset);
    if (found.verb === '%') return '%';
    if (found.verb === '') return '%!(NOVERB)';
    used += 1;
    return used > values.length ? `%!${found.verb}(MISSING)` : printWithVerb(values[used - 1], found, offset);
  });
  const surplus = values.slice(used).map((value) => (kindOf(value) === 'nil' ? '<nil>' : `${kindOf(value)}=${printValue(value)}`));
  return surplus.length === 0 ? text : `${text}%!(EXTRA ${surplus.join(', ')})`;
}

function toDirective(groups: Readonly<Record<string, string | undefined>>, offset: number): Directive {
  const { flags = '', width = '', precision, verb = '' } = groups;
  if (flags.includes('#') || /[*[eEFGOpTUw]/.test(verb)) throw new TemplateFault(`printf does not offer %${flags}${verb} here`, offset);
  return {
    flags,
    width: readCount(width, maxWidth, offset),
    precision: precision === undefined ? undefined : readCount(precision, maxPrecision, offset),
    verb,
  };
}

function readCount(digits: string, most: number, offset: number): number {
  if (Number(digits) > most) throw new TemplateFault(`printf: ${digits} is more than ${most}`, offset);
  return Number(digits);
}

type Scalar = string | number | boolean;

/** What stands behind a `%`. */
interface Directive {
  readonly flags: string;
  /** Characters. */
  readonly width: number;
  /** Digits behind the point, or characters of a text. */
  readonly precision: number | undefined;
  readonly verb: string;
}

/** Returns `value` as the verb prints it. Items of lists and objects are printed one by one, each with the full width. */
function printWithVerb(value: unknown, found: Directive, offset: number): string {
  if (kindOf(value) === 'nil') return found.verb === 'v' ? '<nil>' : `%!${found.verb}(<nil>)`;
  return printValue(value, (scalar) => printScalar(scalar, found, offset));
}

/** Digits behind the point that JavaScript can print. */
const maxDigits = 100;

type PrintVerb = (value: Scalar, found: Directive, offset: number) => string | undefined;

/** Undefined: the value does not fit the verb. */
const verbs: Readonly<Record<string, PrintVerb>> = {
  v: (value, found) => (typeof value === 'number' ? signed(printNumber(value), found) : cut(String(value), found)),
  s: (value, found) => (typeof value === 'string' ? cut(value, found) : undefined),
  q: (value, found) => (typeof value === 'string' ? quote(cut(value, found)) : quoteCharacter(value)),
  t: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  d: (value, found) => inBase(value, 10, found),
  b: (value, found) => inBase(value, 2, found),
  o: (value, found) => inBase(value, 8, found),
  x: (value, found) => (typeof value === 'string' ? Buffer.from(value).toString('hex') : inBase(value, 16, found)),
  X: (value, found) => verbs['x']?.(value, found, 0)?.toUpperCase(),
  c: (value) => (isCharacter(value) ? String.fromCodePoint(value) : undefined),
  f: (value, found) => ofNumber(value, found, (number) => printFixed(number, found.precision ?? 6)),
  g: (value, found, offset) => {
    if (found.precision !== undefined) throw new TemplateFault('printf does not offer %g with a precision here', offset);
    return ofNumber(value, found, printNumber);
  },
};

function printScalar(value: Scalar, found: Directive, offset: number): string {
  const print = Object.hasOwn(verbs, found.verb) ? verbs[found.verb] : undefined;
  const text = print?.(value, found, offset);
  return text === undefined ? mark(value, found) : pad(text, found, typeof value === 'number');
}

/** What Go prints for a value that does not fit the verb. */
function mark(value: Scalar, found: Directive): string {
  return `%!${found.verb}(${kindOf(value)}=${pad(printValue(value), found, typeof value === 'number')})`;
}

/** Zeros stand behind the sign of a number. */
function pad(text: string, { flags, width }: Directive, isNumber: boolean): string {
  const missing = Math.max(0, width - Array.from(text).length);
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0')) return ' '.repeat(missing) + text;
  const sign = isNumber ? (/^[-+ ]/.exec(text)?.[0] ?? '') : '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function signed(digits: string, { flags }: Directive): string {
  if (digits.startsWith('-')) return digits;
  if (flags.includes('+')) return `+${digits}`;
  return flags.includes(' ') ? ` ${digits}` : digits;
}

function cut(text: string, { precision }: Directive): string {
  return precision === undefined ? text : Array.from(text).slice(0, precision).join('');
}

function inBase(value: Scalar, base: number, found: Directive): string | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? signed(BigInt(value).toString(base), found) : undefined;
}

function ofNumber(value: Scalar, found: Directive, print: (value: number) => string): string | undefined {
  return typeof value === 'number' ? signed(print(value), found) : undefined;
}

/** JavaScript rounds a half away from zero, Go to the even digit. */
function printFixed(value: number, digits: number): string {
  const exact = value.toFixed(maxDigits);
  const end = exact.length - maxDigits + digits;
  const isHalf = digits < maxDigits && /^50*$/.test(exact.slice(end));
  const kept = exact.slice(0, end).replace(/\.$/, '');
  return isHalf && /[02468]$/.test(kept) ? kept : value.toFixed(digits);
}

function isCharacter(value: Scalar): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x10ffff;
}

function quoteCharacter(value: Scalar): string | undefined {
  if (!isCharacter(value)) return undefined;
  const quoted = quote(String.fromCodePoint(value)).slice(1, -1);
  return `'${quoted === '\\"' ? '"' : quoted.replace("'", "\\'")}'`;
}

/** A Go string literal. */
function quote(text: string): string {
  const inside = text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (character) => shortEscapes[character] ?? escape(character));
  return `"${inside}"`;
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}
