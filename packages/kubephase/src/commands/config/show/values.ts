/** The single values of a document: their paths, and a column of comments beside them. */
import type { JsonObject, JsonValue } from '../../../config/types.ts';
import { printYaml } from '../../../formats/yaml/print.ts';
import { readYaml } from '../../../formats/yaml/read.ts';

/** Keys and zero-based indexes, from the top of the document. */
export type ValuePath = readonly (string | number)[];

export interface PlacedValue {
  readonly path: ValuePath;
  /** A text, number, switch or null, or a list or mapping without members. */
  readonly value: JsonValue;
}

/** The kind of a printed document; every one has it. */
export function kindOf({ kind }: JsonObject): string {
  return typeof kind === 'string' ? kind : '';
}

/** Returns the values in alphabetical order of their keys, which is that of the printed document. `apiVersion` and `kind` are left out. */
export function valuesOf({ apiVersion: _apiVersion, kind: _kind, ...fields }: JsonObject): readonly PlacedValue[] {
  return walk(fields, []);
}

function walk(value: JsonValue, path: ValuePath): readonly PlacedValue[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return path.length === 0 ? [] : [{ path, value }];
  if (isList(value)) return value.flatMap((item, index) => walk(item, [...path, index]));
  return Object.keys(value)
    .sort()
    .flatMap((key) => walk(value[key] ?? null, [...path, key]));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Longer lines push their comment to the right instead of moving the column. */
const farthestColumn = 64;

/** `comment` gets each value and returns what stands behind `#`. `paint` is applied to the comments. */
export function printWithComments(document: JsonObject, comment: (placed: PlacedValue) => string, paint: (text: string) => string): string {
  const text = printYaml(document);
  const comments = commentsByLine(document, text, comment);
  const lines = text.trimEnd().split('\n');
  const lengths = lines.flatMap((line, index) => (comments.has(index) && line.length <= farthestColumn ? [line.length] : []));
  const column = Math.max(0, ...lengths);
  return lines
    .map((line, index) => {
      const words = comments.get(index);
      return words === undefined ? `${line}\n` : `${line.padEnd(column)}  ${paint(`# ${words}`)}\n`;
    })
    .join('');
}

/** The printed text is read again: its places tell which line holds which value. */
function commentsByLine(document: JsonObject, text: string, comment: (placed: PlacedValue) => string): ReadonlyMap<number, string> {
  const read = readYaml(text);
  if ('fault' in read) throw new TypeError(`printed YAML cannot be read: ${read.fault}`);
  return new Map(valuesOf(document).map((placed) => [read.positionOf(placed.path).line - 1, comment(placed)]));
}
