/** Prints a document as YAML with a column of comments. */
import type { JsonObject } from '../../../config/types.ts';
import { printYaml } from '../../../formats/yaml/print.ts';
import { readYaml } from '../../../formats/yaml/read.ts';
import { valuesOf, type PlacedValue } from './values.ts';

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
