/** Text that is safe to print, and how many terminal cells it takes. */
import { escapeText } from './escape.ts';

/** Lines of `text` without trailing empty ones; at least one. Tabs become blanks, what acts upon a terminal its code. */
export function textLines(text: string): readonly string[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines.map(visible);
}

/** `text` on one line. */
export function oneLine(text: string): string {
  return textLines(text).join(' ');
}

function visible(line: string): string {
  return escapeText(line).replaceAll('\t', '    ');
}

// Characters that most terminals draw over two cells: Unicode's East Asian Wide and Fullwidth ranges, and emoji.
const wide: readonly (readonly [number, number])[] = [
  [0x11_00, 0x11_5f],
  [0x23_1a, 0x23_1b],
  [0x2e_80, 0x30_3e],
  [0x30_41, 0x33_ff],
  [0x34_00, 0x4d_bf],
  [0x4e_00, 0x9f_ff],
  [0xa0_00, 0xa4_cf],
  [0xac_00, 0xd7_a3],
  [0xf9_00, 0xfa_ff],
  [0xfe_30, 0xfe_6f],
  [0xff_00, 0xff_60],
  [0xff_e0, 0xff_e6],
  [0x1_f3_00, 0x1_f6_4f],
  [0x1_f6_80, 0x1_f6_ff],
  [0x1_f9_00, 0x1_fa_ff],
  [0x2_00_00, 0x3_ff_fd],
];

/** Marks that combine with the character before them, and invisible format characters. */
const withoutWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

// Only the sequences that `createPaint` makes; anything else was made visible before.
// oxlint-disable-next-line no-control-regex
const styling = /\u001B\[\d+m/gu;

/** Cells of `text`; our own colour codes take none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text.replace(styling, '')) width += characterWidth(character);
  return width;
}

/** `text` in at most `cells` cells; what was cut is replaced by `ellipsis`. `text` has no colour codes. */
export function truncate(text: string, cells: number, ellipsis: string): string {
  if (displayWidth(text) <= cells) return text;
  const room = cells - displayWidth(ellipsis);
  if (room < 0) return '';
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
    if (width > room) break;
    kept += character;
  }
  return kept + ellipsis;
}

/** `text` filled with blanks up to `cells` cells. */
export function padCells(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - displayWidth(text)));
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x3_00) return 1;
  if (withoutWidth.test(character)) return 0;
  return wide.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}
