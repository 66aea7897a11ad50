/** Prints data as KYAML: YAML in braces that looks the same to every reader (KEP-5295). */
import { isMapping, type Mapping } from '../data/mapping.ts';
import { escapeUnprintable } from '../unprintable.ts';

/**
 * Returns `value`, plain data, as one document: a `---` line, then braces and brackets with two blanks per level, all
 * texts in double quotes, a comma behind every item, one newline at the end. Keys keep their order; undefined members are left out.
 */
export function printKyaml(value: unknown): string {
  return `---\n${escapeUnprintable(printValue(value, 0))}\n`;
}

function printValue(value: unknown, level: number): string {
  if (Array.isArray(value)) return printList(value, level);
  if (typeof value === 'string') return printText(value, level + 1);
  if (isMapping(value)) return printFields(value, level);
  return JSON.stringify(value ?? null);
}

function printFields(fields: Mapping, level: number): string {
  const members = Object.entries(fields).filter(([, value]) => value !== undefined);
  if (members.length === 0) return '{}';
  const lines = members.map(([key, value]) => `${blanks(level + 1)}${printKey(key)}: ${printValue(value, level + 1)},\n`);
  return `{\n${lines.join('')}${blanks(level)}}`;
}

/** Brackets and braces of a list of objects or lists share lines. */
function printList(items: readonly unknown[], level: number): string {
  if (items.length === 0) return '[]';
  if (items.every((item) => typeof item === 'object' && item !== null)) {
    return `[${items.map((item) => printValue(item, level)).join(', ')}]`;
  }
  const lines = items.map((item) => `${blanks(level + 1)}${printValue(item, level + 1)},\n`);
  return `[\n${lines.join('')}${blanks(level)}]`;
}

function blanks(level: number): string {
  return '  '.repeat(level);
}

/** Words, and words joined by dashes, dots and slashes. */
const plainKey = /^[\p{L}\p{N}_]([\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u;
/** What some YAML reader takes for a boolean, null, number (also `11:00` in base 60) or date. */
const ambiguous =
  /^(null|true|false|yes|no|on|off|[yntf]|[-+]?(\.inf|inf|infinity)|\.?nan|[-+]?[.\d_:]*(e[-+]?\d+)?|0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d{4}-\d.*)$/i;

function printKey(key: string): string {
  return plainKey.test(key) && !ambiguous.test(key) ? key : `"${escapeText(key)}"`;
}

/**
 * A text of several lines is folded: each line of it begins a line of the document behind one blank, or behind a
 * backslash where the text itself begins with a blank.
 */
function printText(text: string, level: number): string {
  if (!text.includes('\n')) return `"${escapeText(text)}"`;
  const lines = text.split(/(?<=\n)/).map((line) => `${blanks(level)}${line.startsWith(' ') ? '\\' : ' '}${escapeText(line)}\\\n`);
  return `"\\\n${lines.join('')}${blanks(level)}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0000': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '\u0085': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escapeText(text: string): string {
  return text.replace(
    /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu,
    (character) => escapes[character] ?? escapeCode(character.codePointAt(0) ?? 0),
  );
}

function escapeCode(code: number): string {
  const digits = code.toString(16);
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
