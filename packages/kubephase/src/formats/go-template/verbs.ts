/** The verbs of `printf`: how each prints which values. */
import { TemplateFault } from '../go-text/fault.ts';
import { printNumber } from '../go-text/number.ts';
import { kindOf, printValue } from './value.ts';

type Scalar = string | number | boolean;

/** What stands behind a `%`. */
export interface Directive {
  readonly flags: string;
  /** Characters. */
  readonly width: number;
  /** Digits behind the point, or characters of a text. */
  readonly precision: number | undefined;
  readonly verb: string;
}

/** Returns `value` as the verb prints it. Items of lists and objects are printed one by one, each with the full width. */
export function printWithVerb(value: unknown, found: Directive, offset: number): string {
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

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

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
