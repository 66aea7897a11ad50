/** The bottom of a terminal: lines drawn again and again in place, the lines held back to stand above them, and the signs. */
import type { RunEvent } from '../events.ts';
import { createEventLines, type EventLinesOptions } from './event-lines.ts';
import { escapeText } from './escape.ts';
import { draw, type Output, type RenderIo } from './renderer.ts';
import { createPaint, styleLine, wantsColour } from './style.ts';
import { displayWidth } from './text.ts';

/** Control sequences of ECMA-48 and DEC terminals that every terminal emulator of today knows. */
const escape = '\u001B[';
const clearToEndOfLine = `${escape}K`;
const clearToEndOfScreen = `${escape}J`;
const hideCursor = `${escape}?25l`;
const showCursor = `${escape}?25h`;

interface LiveRegion {
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
      draw(output, `${hidden ? '' : hideCursor}${up(occupiedRows(shown, output.columns))}${body}${clearToEndOfScreen}`);
      hidden = true;
      shown = lines;
    },
    erase: () => {
      const rows = occupiedRows(shown, output.columns);
      // Line by line: some terminals keep a copy in their scroll-back when all of the screen is cleared at once.
      if (rows > 0) draw(output, `${up(rows)}${`${clearToEndOfLine}\n`.repeat(rows)}${up(rows)}`);
      shown = [];
    },
    release: () => {
      if (hidden) draw(output, showCursor);
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

export interface Notes {
  take(event: RunEvent): void;
  /** Takes a line that is no event; it goes to standard error. */
  add(line: string): void;
  isEmpty(): boolean;
  /** Writes everything taken, in its order. */
  flush(): void;
}

/** Events that the tree shows by itself. */
const drawn: ReadonlySet<RunEvent['type']> = new Set(['phase-start', 'phase-skip', 'phase-end', 'progress']);

/** Notices go to `target`, where the tree is; warnings and debug messages to standard error. */
export function createNotes(io: RenderIo, target: Output, options: EventLinesOptions): Notes {
  const linesOf = createEventLines(options);
  const paints = new Map([target, io.stderr].map((output) => [output, createPaint(wantsColour(output, io.environment))]));
  let waiting: { readonly output: Output; text: string }[] = [];
  const hold = (output: Output, text: string): void => {
    const last = waiting.at(-1);
    if (last?.output === output) last.text += text;
    else waiting.push({ output, text });
  };
  return {
    take: (event) => {
      if (isDrawn(event, options.verbosity)) return;
      for (const line of linesOf(event)) {
        const output = line.kind === 'notice' ? target : io.stderr;
        hold(output, `${styleLine(line, paints.get(output) ?? createPaint(false))}\n`);
      }
    },
    add: (line) => hold(io.stderr, `${escapeText(line)}\n`),
    isEmpty: () => waiting.length === 0,
    flush: () => {
      const batch = waiting;
      waiting = [];
      for (const { output, text } of batch) draw(output, text);
    },
  };
}

/** What a phase says is shown below it while it runs; only talkative runs keep it. */
function isDrawn(event: RunEvent, verbosity: number): boolean {
  if (event.type === 'message') return event.level === 'info' && event.path !== undefined && verbosity === 0;
  return drawn.has(event.type);
}
