/** Prints the edited tree of a JSON document as JSON again, in the layout that its text had. */
import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';

/** How a JSON text is laid out. */
interface JsonLayout {
  /** Blanks for one level; undefined for a text in one line. */
  readonly indent: string | undefined;
  /** Between the parts of one line: a blank or nothing. */
  readonly blank: string;
}

/** Returns the layout of a text that is JSON, or undefined when it is not. */
export function jsonLayout(text: string): JsonLayout | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return { indent: /^\s*\{\r?\n([ \t]+)"/.exec(text)?.[1], blank: /[":]: /.test(text) ? ' ' : '' };
}

/** @param root the top of a document of which every scalar was read as text; what stood without quotes is written without */
export function printJson(root: YAMLMap, layout: JsonLayout): string {
  return `${print(root, { ...layout, level: 0 })}\n`;
}

interface At extends JsonLayout {
  readonly level: number;
}

function print(node: unknown, at: At): string {
  const inner = { ...at, level: at.level + 1 };
  if (isMap(node)) {
    const members = node.items.map(({ key, value }) => `${printText(key)}:${at.blank}${print(value, inner)}`);
    return enclose('{', members, { closing: '}', at });
  }
  if (isSeq(node))
    return enclose(
      '[',
      node.items.map((item) => print(item, inner)),
      { closing: ']', at },
    );
  if (!isScalar(node) || node.value === null) return 'null';
  // Numbers and switches keep their spelling: 6443.0 stays 6443.0.
  return node.type === 'PLAIN' && typeof node.source === 'string' ? node.source : printText(node);
}

function printText(node: unknown): string {
  return JSON.stringify(isScalar(node) ? String(node.value) : '');
}

function enclose(opening: string, parts: readonly string[], { closing, at }: { readonly closing: string; readonly at: At }): string {
  if (parts.length === 0) return `${opening}${closing}`;
  if (at.indent === undefined) return `${opening}${parts.join(`,${at.blank}`)}${closing}`;
  const outer = `\n${at.indent.repeat(at.level)}`;
  return `${opening}${parts.map((part) => `${outer}${at.indent ?? ''}${part}`).join(',')}${outer}${closing}`;
}
