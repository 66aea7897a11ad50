/** A terminal as far as the live tree uses one: a screen with scroll-back that obeys the control sequences written to it. */
import type { Output } from 'phaserunner/render';
import { displayWidth } from '../../src/render/text.ts';

/** A line as written; `wrapped` when it goes on in the next one. A wide character is followed by an empty cell. */
interface Line {
  cells: string[];
  wrapped: boolean;
}

export interface Terminal extends Output {
  /** Visible lines without trailing blanks and without empty ones at the end. */
  readonly screen: () => string;
  /** Scroll-back and screen. */
  readonly everything: () => string;
  readonly cursorVisible: () => boolean;
  readonly writes: () => number;
  resize(columns: number, rows: number): void;
}

// oxlint-disable-next-line no-control-regex
const token = /\u001B\[(?<argument>[?\d]*)(?<command>[A-Za-z])|(?<character>[\s\S])/gu;

export function createTerminal(columns: number, rows: number): Terminal {
  const size = { columns, rows };
  let lines: Line[] = [emptyLine()];
  let row = 0;
  let column = 0;
  let cursorVisible = true;
  let writes = 0;

  const top = (): number => Math.max(0, lines.length - size.rows);
  const current = (): Line => (lines[row] ??= emptyLine());
  const down = (): void => {
    row += 1;
    current();
  };
  const clearRest = (): void => {
    const line = current();
    line.cells = line.cells.slice(0, column);
    line.wrapped = false;
  };
  const put = (character: string): void => {
    const width = displayWidth(character);
    if (column + width > size.columns) {
      current().wrapped = true;
      down();
      column = 0;
    }
    const { cells } = current();
    while (cells.length < column) cells.push(' ');
    cells.splice(column, width, character, ...(width === 2 ? [''] : []));
    column += width;
  };
  const commands: Readonly<Record<string, (argument: string) => void>> = {
    A: (argument) => {
      row = Math.max(top(), row - Number(argument || '1'));
    },
    K: clearRest,
    J: () => {
      clearRest();
      for (const line of lines.slice(row + 1)) Object.assign(line, emptyLine());
    },
    h: () => (cursorVisible = true),
    l: () => (cursorVisible = false),
    m: () => undefined,
  };
  const obey = (command: string, argument: string): void => {
    const action = commands[command];
    if (action === undefined) throw new Error(`the terminal does not know ESC[${argument}${command}`);
    action(argument);
  };
  const type = (character: string): void => {
    if (character === '\r') column = 0;
    else if (character === '\n') {
      down();
      column = 0;
    } else if (character < ' ') throw new Error(`control character ${JSON.stringify(character)}`);
    else put(character);
  };

  return {
    isTTY: true,
    get columns() {
      return size.columns;
    },
    get rows() {
      return size.rows;
    },
    write: (text) => {
      writes += 1;
      for (const { groups } of text.matchAll(token)) {
        if (groups?.['command'] === undefined) type(groups?.['character'] ?? '');
        else obey(groups['command'], groups['argument'] ?? '');
      }
    },
    screen: () => print(lines.slice(top())),
    everything: () => print(lines),
    cursorVisible: () => cursorVisible,
    writes: () => writes,
    resize: (newColumns, newRows) => {
      Object.assign(size, { columns: newColumns, rows: newRows });
      ({ lines, row } = reflow(lines, row, newColumns));
    },
  };
}

/** Joins what was wrapped and wraps it anew, as terminal emulators of today do. The cursor stays on its line. */
function reflow(lines: readonly Line[], cursorRow: number, columns: number): { lines: Line[]; row: number } {
  const flowed: Line[] = [];
  let row = 0;
  let whole: string[] = [];
  for (const [index, line] of lines.entries()) {
    whole.push(...line.cells);
    if (index === cursorRow) row = flowed.length;
    if (line.wrapped) continue;
    do flowed.push({ cells: whole.splice(0, columns), wrapped: whole.length > 0 });
    while (whole.length > 0);
    whole = [];
  }
  return { lines: flowed, row };
}

function emptyLine(): Line {
  return { cells: [], wrapped: false };
}

function print(lines: readonly Line[]): string {
  return lines
    .map(({ cells }) => cells.join('').trimEnd())
    .join('\n')
    .trimEnd();
}
