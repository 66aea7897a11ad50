/** What is Go's in texts: escapes, numbers and JSON, and the faults of both template languages. */
import { isMapping, sortedEntries } from './data/mapping.ts';
import { escapeUnprintable } from './unprintable.ts';

/** Leaves deep recursion; whoever knows where the template came from makes a problem of it. */
export class TemplateFault extends Error {
  override readonly name = 'TemplateFault';
  /** Zero-based, in UTF-16 units of the template. */
  readonly offset: number;

  /** @param message what is wrong, as the end of a sentence. It never holds values of the object, which may be secret. */
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const letters: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Escapes of characters that have a short one, in texts between double quotes. @see https://go.dev/ref/spec#Rune_literals */
export const shortEscapes: Readonly<Record<string, string>> = {
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

/** Bytes above 7f are left out: alone they are no character. */
const escape =
  /\\(?:(?<letter>[abfnrtv\\'"])|x(?<byte>[0-7][\da-fA-F])|u(?<short>[\da-fA-F]{4})|U(?<long>[\da-fA-F]{8})|(?<octal>[01][0-7]{2})|.?)/gs;

/**
 * Returns what stands between the quotes of `quoted`, with its escapes replaced.
 * @param offset where `quoted` begins in the template
 * @throws TemplateFault for an escape that Go does not know
 * @see https://go.dev/ref/spec#Rune_literals
 */
export function unquote(quoted: string, offset: number): string {
  return quoted.slice(1, -1).replace(escape, (...match: unknown[]) => {
    const groups = match.at(-1) as Readonly<Record<string, string | undefined>>;
    const decoded = decode(groups);
    if (decoded === undefined) throw new TemplateFault(`${String(match[0])} is not an escape`, offset + 1 + Number(match.at(-3)));
    return decoded;
  });
}

function decode({ letter, byte, short, long, octal }: Readonly<Record<string, string | undefined>>): string | undefined {
  if (letter !== undefined) return letters[letter];
  if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
  const code = Number.parseInt(byte ?? short ?? long ?? '', 16);
  const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

/** Whole numbers are Go integers, of up to 64 bits. */
const integerLimit = 2 ** 63;

/**
 * Prints a number as Go's `%v` does: whole numbers in digits, others in the fewest digits that tell them apart, with an exponent below
 * 0.0001 and from 1e+06 on.
 * @see https://pkg.go.dev/fmt, verb %g
 */
export function printNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < integerLimit) return BigInt(value).toString();
  const scientific = value.toExponential();
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  return exponent >= -4 && exponent < 6 ? String(value) : padExponent(scientific);
}

/** Go writes at least two digits of an exponent. */
function padExponent(scientific: string): string {
  return scientific.replace(/e([+-])(\d)$/, 'e$10$2');
}

interface JsonStyle {
  /** Blanks per level; 0 puts everything on one line. */
  readonly indent: number;
  /** True for values that are maps in Go: their keys are printed in alphabetical order, at every level. */
  readonly sortKeys: boolean;
}

/**
 * Returns `value`, plain data, as Go's encoder prints it, without a newline at the end: `<`, `>` and `&` are escaped, so that
 * the text may stand in HTML.
 */
export function printGoJson(value: unknown, style: JsonStyle): string {
  const text = JSON.stringify(value, style.sortKeys ? sorted : undefined, style.indent);
  return escapeUnprintable(text.replace(/[<>&]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

function sorted(_key: string, value: unknown): unknown {
  return isMapping(value) ? Object.fromEntries(sortedEntries(value)) : value;
}
