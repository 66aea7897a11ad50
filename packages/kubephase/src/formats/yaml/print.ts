/** Prints data as YAML in the style of Kubernetes tools: sorted keys, list items not indented, one trailing newline. */
import { Document, visit, type Scalar } from 'yaml';
import { escapeUnprintable, hasUnprintable } from '../unprintable.ts';

const style = { compat: 'yaml-1.1', indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false } as const;

/**
 * Returns `value` as YAML. Keys are in alphabetical order at every level; keys whose value is undefined are
 * left out; unprintable characters are escaped; strings that YAML 1.1 would read as another type are quoted, so that Go's reader agrees.
 */
export function printYaml(value: unknown): string {
  const document = new Document(value, { sortMapEntries: true, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, { Scalar: (_key, node) => quoteAsGo(node) });
  return escapeUnprintable(document.toString(style), asGo);
}

/** Joins documents with `---` lines. */
export function printYamlDocuments(values: readonly unknown[]): string {
  return values.map((value) => printYaml(value)).join('---\n');
}

/** Text that cannot stand plain because of its punctuation. Go puts it in single quotes, the library in double ones. */
const punctuated = /^([-?:](\s|$)|[,[\]{}#&*!|>'"%@`]|\s|---)|: |:$| #|\s$/;

const shortEscapes: Readonly<Record<string, string>> = { '\u0085': '\\N', '\u2028': '\\L', '\u2029': '\\P' };

/** The code of `character` as Go's writer puts it into double quotes. */
function asGo(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase();
  return shortEscapes[character] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`);
}

function quoteAsGo(node: Scalar): void {
  if (typeof node.value !== 'string') return;
  if (hasUnprintable(node.value)) node.type = 'QUOTE_DOUBLE';
  else if (node.value.includes('\n')) return;
  else if (node.value.includes('\t')) node.type = 'QUOTE_DOUBLE';
  else if (punctuated.test(node.value)) node.type = 'QUOTE_SINGLE';
}
