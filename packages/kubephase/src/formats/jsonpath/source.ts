/** Finds the ends of quoted texts and brackets inside an action of a template. */
import { TemplateFault } from '../go-text.ts';

/** A piece of a template that knows where it stands in the whole. */
export interface Source {
  readonly text: string;
  /** Offset of its first character in the template. */
  readonly offset: number;
}

export function sliceSource(source: Source, start: number, end?: number): Source {
  return { text: source.text.slice(start, end), offset: source.offset + start };
}

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/sy;

/** Index behind the quoted text that begins at `index`. */
export function endOfQuoted(source: Source, index: number): number {
  quoted.lastIndex = index;
  if (!quoted.test(source.text)) throw new TemplateFault('a quoted text has no end', source.offset + index);
  return quoted.lastIndex;
}

const partners: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}' };

/** Index of the bracket that closes the one at `index`. Brackets in quoted texts do not count. */
export function closingBracket(source: Source, index: number): number {
  const open = source.text.charAt(index);
  const close = partners[open];
  let depth = 0;
  for (let at = index; at < source.text.length; at += 1) {
    const character = source.text.charAt(at);
    if (character === '\\') at += 1;
    else if (character === '"' || character === "'") at = endOfQuoted(source, at) - 1;
    else if (character === open) depth += 1;
    else if (character === close && (depth -= 1) === 0) return at;
  }
  throw new TemplateFault(`"${open}" has no closing "${close ?? ''}"`, source.offset + index);
}

/** Cuts at each character of `separators` that is neither quoted nor inside brackets. */
export function splitSource(source: Source, separator: string): readonly Source[] {
  const parts: Source[] = [];
  let start = 0;
  for (let at = 0; at < source.text.length; at += 1) {
    const skipped = skipNested(source, at);
    if (skipped > at) at = skipped;
    else if (source.text.charAt(at) === separator) {
      parts.push(sliceSource(source, start, at));
      start = at + 1;
    }
  }
  return [...parts, sliceSource(source, start)];
}

/** Index of the last character of what is escaped, quoted or in brackets at `index`, else `index`. */
export function skipNested(source: Source, index: number): number {
  const character = source.text.charAt(index);
  if (character === '\\') return index + 1;
  if (character === '"' || character === "'") return endOfQuoted(source, index) - 1;
  return character === '[' || character === '(' ? closingBracket(source, index) : index;
}

/** Without blanks at both ends. */
export function trimSource(source: Source): Source {
  const text = source.text.trimEnd();
  const start = text.length - text.trimStart().length;
  return { text: text.slice(start), offset: source.offset + start };
}
