/** Prints data as YAML in the style of Kubernetes tools: sorted keys, list items not indented, one trailing newline. */
import { Document, visit, type Scalar } from 'yaml';

const style = { compat: 'yaml-1.1', indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false } as const;

/**
 * Returns `value` as YAML. Keys are in alphabetical order at every level; keys whose value is undefined are
 * left out; strings that YAML 1.1 would read as another type are quoted, so that Go's reader agrees.
 */
export function printYaml(value: unknown): string {
  const document = new Document(value, { sortMapEntries: true, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, { Scalar: (_key, node) => quoteAsGo(node) });
  return document.toString(style).replace(invisible, escapeCharacter);
}

/** Joins documents with `---` lines. */
export function printYamlDocuments(values: readonly unknown[]): string {
  return values.map((value) => printYaml(value)).join('---\n');
}

/** Text that cannot stand plain because of its punctuation. Go puts it in single quotes, the library in double ones. */
const punctuated = /^([-?:](\s|$)|[,[\]{}#&*!|>'"%@`]|\s|---)|: |:$| #|\s$/;
/** What Go's writer takes for unprintable; it stands in double quotes, escaped. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** Those of them that the library leaves as they are inside double quotes. */
const invisible = /[\u007f-\u009f\u2028\u2029\ufeff]/g;

const shortEscapes: Readonly<Record<string, string>> = { '\u0085': '\\N', '\u2028': '\\L', '\u2029': '\\P' };

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase();
  return shortEscapes[character] ?? (code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`);
}

function quoteAsGo(node: Scalar): void {
  if (typeof node.value !== 'string') return;
  if (unprintable.test(node.value) || (node.value.includes('\t') && !node.value.includes('\n'))) node.type = 'QUOTE_DOUBLE';
  else if (!node.value.includes('\n') && punctuated.test(node.value)) node.type = 'QUOTE_SINGLE';
}
