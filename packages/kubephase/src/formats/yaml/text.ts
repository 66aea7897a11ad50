/**
 * What every text that should be YAML has to go through: its limits (anything beyond them is refused before it
 * costs time or memory), its faults, and the split into documents.
 */

/** Characters of a text: real configuration files with long lists of arguments and names stay far below. */
export const maxTextLength = 1024 * 1024;

/** Levels of nesting. */
export const maxDepth = 100;

/** Values of one document after its aliases were expanded. */
export const maxValues = 100_000;

/** Documents of one text. */
const maxDocuments = 100;

/** What is wrong with a text that should be YAML. */
export interface YamlFault {
  /** What is wrong, as the end of a sentence. */
  readonly fault: string;
  /** True when the text may be YAML but passes a limit. */
  readonly limit: boolean;
  /** One-based, like `column`. */
  readonly line: number;
  readonly column: number;
}

/** Leaves deep recursion when a fault was found; never passes the border of this folder. */
export class YamlFaultError extends Error {
  readonly offset: number;
  readonly limit: boolean;

  constructor(fault: string, offset: number, limit = false) {
    super(fault);
    this.offset = offset;
    this.limit = limit;
  }
}

/** The text of one document. */
export interface YamlChunk {
  readonly text: string;
  /** One-based line of the whole text with which the chunk starts. */
  readonly firstLine: number;
}

const blankOrComment = /^\s*(#.*)?$/;

/**
 * Returns the documents that hold more than blank lines and comments. Only `---` in the first column separates;
 * behind it may stand white space and a comment, anything else is a fault. A byte-order mark is dropped.
 */
export function splitYaml(text: string): readonly YamlChunk[] | YamlFault {
  if (text.length > maxTextLength) return { fault: `the text is larger than ${maxTextLength} characters`, limit: true, line: 1, column: 1 };
  const chunks: string[][] = [[]];
  const firstLines = [1];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (!line.startsWith('---')) {
      chunks.at(-1)?.push(line);
      continue;
    }
    const rest = line.slice(3);
    if (!blankOrComment.test(rest))
      return { fault: `unexpected text after "---": ${rest.trim()}`, limit: false, line: index + 1, column: 4 };
    chunks.push([]);
    firstLines.push(index + 2);
  }
  const filled = chunks.flatMap((lines, index) => {
    if (lines.every((line) => blankOrComment.test(line))) return [];
    const isLast = index === chunks.length - 1;
    return [{ text: lines.join('\n') + (isLast ? '' : '\n'), firstLine: firstLines[index] ?? 1 }];
  });
  return filled.length > maxDocuments
    ? { fault: `the text has more than ${maxDocuments} documents`, limit: true, line: 1, column: 1 }
    : filled;
}
