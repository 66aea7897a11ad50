/** Lines of help: wrapped texts and two-column lists. */

/** A list item: what is typed, what it means, and how far it stands to the right of its list. */
export interface Row {
  readonly term: string;
  readonly text: string;
  readonly indent?: number;
}

/** Blanks in front of every line of a section. */
const margin = 2;
/** Blanks between the columns. */
const gap = 2;
/** Narrower than this, the description goes below the term. */
const narrowest = 30;

/** Breaks `text` at blanks so that lines have at most `width` cells; its own line breaks are kept. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

/** The rows of one section. The second column starts at the same distance from each term, so it moves with `indent`. */
export function columns(rows: readonly Row[], width: number): readonly string[] {
  const termWidth = Math.max(0, ...rows.map(({ term }) => term.length));
  return rows.flatMap((row) => formatRow(row, termWidth, width));
}

/** `lines` with the margin of a section. */
export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(margin)}${line}`));
}

function formatRow({ term, text, indent = 0 }: Row, termWidth: number, width: number): readonly string[] {
  const start = margin + indent;
  const column = start + termWidth + gap;
  if (text === '') return [`${' '.repeat(start)}${term}`];
  const below = width - column < narrowest;
  const hang = ' '.repeat(below ? start + 4 : column);
  const lines = wrap(text, Math.max(narrowest, width - hang.length));
  if (below) return [`${' '.repeat(start)}${term}`, ...lines.map((line) => `${hang}${line}`)];
  const [first = '', ...more] = lines;
  return [`${' '.repeat(start)}${term.padEnd(termWidth + gap)}${first}`, ...more.map((line) => `${hang}${line}`)];
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && longer.length > width) {
      lines.push(current);
      current = word;
    } else {
      current = longer;
    }
  }
  return [...lines, current];
}
