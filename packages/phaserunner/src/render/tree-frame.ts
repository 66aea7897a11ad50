/** Draws the tree of a run as lines of text that fit the terminal. */
import type { Paint, Style } from './style.ts';
import { formatDuration } from './duration.ts';
import type { Marks } from './marks.ts';
import { progressCount } from './event-lines.ts';
import { displayWidth, oneLine, padCells, truncate } from './text.ts';
import { layOut, type Row } from './tree-layout.ts';
import { elapsedMs, type NodeStatus, type TreeModel, type TreeNode } from './tree-model.ts';

export interface FrameOptions {
  readonly columns: number;
  /** Lines of the terminal; the frame leaves the last one to the cursor. */
  readonly rows: number;
  readonly nowMs: number;
  /** Counts frames, for the spinner. */
  readonly tick: number;
  readonly marks: Marks;
  readonly paint: Paint;
}

interface Canvas extends FrameOptions {
  /** Cells before the column of durations. */
  readonly nameCells: number;
  /** Cells that a line may fill; the last column stays free so that no terminal wraps. */
  readonly width: number;
}

/** A piece of a line and how it is drawn. */
type Piece = readonly [text: string, style?: Style | undefined];

const statusStyles: Readonly<Record<NodeStatus, Style | undefined>> = {
  waiting: 'dim',
  running: 'cyan',
  succeeded: 'green',
  skipped: 'dim',
  failed: 'red',
  cancelled: 'yellow',
};

const barCells = 20;

/** Returns the lines of one frame, without newlines, each narrower than the terminal. */
export function drawFrame(model: TreeModel, options: FrameOptions): readonly string[] {
  const width = Math.max(1, options.columns - 1);
  const nameCells = Math.min(Math.max(16, widestName(model.roots)), Math.max(8, width - 10));
  const canvas: Canvas = { ...options, width, nameCells };
  const rows = layOut(model, Math.max(1, options.rows - 2));
  return [heading(model, canvas), ...rows.map((row) => drawRow(row, canvas))];
}

function heading(model: TreeModel, canvas: Canvas): string {
  const elapsed = model.end === undefined ? canvas.nowMs - model.startedMs : model.end.durationMs;
  return join(
    [
      [model.workflow, 'bold'],
      [`  ${model.index} of ${model.total}  ${formatDuration(elapsed)}`, 'dim'],
    ],
    canvas,
  );
}

function drawRow(row: Row, canvas: Canvas): string {
  if (row.kind === 'gap') return join([[`${canvas.marks.ellipsis} ${row.count} more`, 'dim']], canvas);
  if (row.kind === 'message') return join([[`${indent(row.node, 1)}${row.text}`, 'dim']], canvas);
  if (row.kind === 'progress') return drawProgress(row.node, canvas);
  return drawNode(row, canvas);
}

function drawNode(row: Row & { readonly kind: 'node' }, canvas: Canvas): string {
  const { node, status } = row;
  const blanks = indent(node, 0);
  const mark = status === 'running' ? (canvas.marks.spinner[canvas.tick % canvas.marks.spinner.length] ?? '') : canvas.marks.status[status];
  const name = truncate(node.name, canvas.nameCells - blanks.length - 2, canvas.marks.ellipsis);
  const used = displayWidth(`${blanks}${mark} ${name}`);
  const isQuiet = status === 'waiting' || status === 'skipped';
  return join(
    [
      [blanks],
      [mark, statusStyles[status]],
      [` ${name}`, isQuiet ? 'dim' : undefined],
      [padCells('', canvas.nameCells - used)],
      [durationColumn(row, canvas)],
      [remark(row), 'dim'],
    ],
    canvas,
  );
}

/** The duration in eight cells; skipped phases use the place for their reason. */
function durationColumn({ node, status }: Row & { readonly kind: 'node' }, canvas: Canvas): string {
  if (status === 'skipped') return '';
  const text = status === 'waiting' ? '' : formatDuration(elapsedMs(node, canvas.nowMs));
  return text.padStart(8);
}

/** What stands behind the duration: why skipped, which try, how many phases are folded away. */
function remark({ node, status, folded }: Row & { readonly kind: 'node' }): string {
  if (status === 'skipped' && node.reason !== undefined) return `  skipped: ${oneLine(node.reason)}`;
  if (folded) return `  ${sumOfWork(node.children)} inside`;
  return node.attempt > 1 ? `  try ${node.attempt}` : '';
}

function drawProgress(node: TreeNode, canvas: Canvas): string {
  const { progress } = node;
  if (progress === undefined) return '';
  const label = oneLine(progress.label);
  const count = progressCount(progress);
  const start: readonly Piece[] = [[indent(node, 1)]];
  if (progress.total === undefined) return join([...start, [count === '' ? label : `${label}: ${count}`]], canvas);
  const share = progress.total <= 0 ? 1 : Math.min(1, Math.max(0, progress.done / progress.total));
  const cells = Math.max(4, Math.min(barCells, Math.floor(canvas.width / 4)));
  const done = Math.round(share * cells);
  const bar: readonly Piece[] = [
    [canvas.marks.barDone.repeat(done), 'cyan'],
    [canvas.marks.barOpen.repeat(cells - done), 'dim'],
  ];
  return join([...start, ...bar, [` ${count} ${label}`]], canvas);
}

/** Joins pieces into a line; the piece that passes the width is cut and ends the line. */
function join(pieces: readonly Piece[], { width, paint, marks }: Canvas): string {
  let line = '';
  let room = width;
  for (const [text, style] of pieces) {
    const cut = truncate(text, room, marks.ellipsis);
    line += style === undefined ? cut : paint(style, cut);
    room -= displayWidth(text);
    if (room <= 0) break;
  }
  return line.trimEnd();
}

/** Blanks before a row; `level` 1 puts it below the name. */
function indent(node: TreeNode, level: 0 | 1): string {
  return '  '.repeat(node.depth + level);
}

function widestName(nodes: readonly TreeNode[]): number {
  return Math.max(0, ...nodes.map((node) => Math.max(2 * node.depth + 2 + displayWidth(node.name), widestName(node.children))));
}

/** Phases with work of their own among `nodes` and below them. */
function sumOfWork(nodes: readonly TreeNode[]): number {
  return nodes.reduce((sum, node) => sum + (node.status === undefined ? 0 : 1) + sumOfWork(node.children), 0);
}
