/** Splits a text into its YAML documents at `---` lines, as Kubernetes tools do. */
import { maxDocuments, maxTextLength } from './limits.ts';
import type { YamlFault } from './fault.ts';

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
