/** The bottom lines of a terminal, drawn again and again in place. */
import type { Output } from './io.ts';
import { displayWidth } from './width.ts';

/** Control sequences of ECMA-48 and DEC terminals that every terminal emulator of today knows. */
const escape = '\u001B[';
const clearToEndOfLine = `${escape}K`;
const clearToEndOfScreen = `${escape}J`;
const hideCursor = `${escape}?25l`;
const showCursor = `${escape}?25h`;

export interface LiveRegion {
  /** Replaces the lines of the region. */
  show(lines: readonly string[]): void;
  /** Empties the region, so that other text can be written in its place. */
  erase(): void;
  /** Leaves what is shown as ordinary output and gives the cursor back. */
  release(): void;
}

/** Makes a region of no lines at the cursor, which stands at the start of a line. */
export function createLiveRegion(output: Output): LiveRegion {
  let shown: readonly string[] = [];
  let hidden = false;
  return {
    show: (lines) => {
      const body = lines.map((line) => `${line}${clearToEndOfLine}\n`).join('');
      // One write a frame: a terminal that draws in between would flicker.
      output.write(`${hidden ? '' : hideCursor}${up(occupiedRows(shown, output.columns))}${body}${clearToEndOfScreen}`);
      hidden = true;
      shown = lines;
    },
    erase: () => {
      const rows = occupiedRows(shown, output.columns);
      // Line by line: some terminals keep a copy in their scroll-back when all of the screen is cleared at once.
      if (rows > 0) output.write(`${up(rows)}${`${clearToEndOfLine}\n`.repeat(rows)}${up(rows)}`);
      shown = [];
    },
    release: () => {
      if (hidden) output.write(showCursor);
      hidden = false;
      shown = [];
    },
  };
}

/** Moves to the start of the line that is `rows` higher. */
function up(rows: number): string {
  return rows === 0 ? '\r' : `\r${escape}${rows}A`;
}

/** Rows that lines take now: a terminal that became narrower has wrapped them. */
function occupiedRows(lines: readonly string[], columns: number | undefined): number {
  if (columns === undefined || columns <= 0) return lines.length;
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
}
