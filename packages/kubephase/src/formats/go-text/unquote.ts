/** Reads the escapes of quoted texts as Go does. */
import { TemplateFault } from './fault.ts';

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
