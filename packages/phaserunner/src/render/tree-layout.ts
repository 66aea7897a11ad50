/** Chooses which rows of the tree are drawn, so that they fit the height of the terminal. */
import { overallStatus, type NodeStatus, type TreeModel, type TreeNode } from './tree-model.ts';

/** `node` is a phase, `note` a line below it, `gap` stands for rows that found no place. */
export type Row =
  | { readonly kind: 'node'; readonly node: TreeNode; readonly status: NodeStatus; readonly folded: boolean }
  | { readonly kind: 'progress'; readonly node: TreeNode }
  | { readonly kind: 'message'; readonly node: TreeNode; readonly text: string }
  | { readonly kind: 'gap'; readonly count: number };

interface Folding {
  readonly finished: boolean;
  readonly waiting: boolean;
  /** Greatest number of messages below a running phase. */
  readonly messages: number;
}

/** From roomy to tight; the first that fits is taken. */
const foldings: readonly Folding[] = [
  { finished: false, waiting: false, messages: 3 },
  { finished: true, waiting: false, messages: 3 },
  { finished: true, waiting: true, messages: 3 },
  { finished: true, waiting: true, messages: 1 },
];

/** Returns at most `height` rows; once the run is over, rows that find no place stay, because nothing is drawn over them again. */
export function layOut(model: TreeModel, height: number): readonly Row[] {
  let rows: readonly Row[] = [];
  for (const folding of foldings) {
    rows = model.roots.flatMap((node) => rowsOf(node, folding, model.end !== undefined));
    if (rows.length <= height) return rows;
  }
  return model.end === undefined ? cutToWindow(rows, height) : rows;
}

function rowsOf(node: TreeNode, folding: Folding, isOver: boolean): readonly Row[] {
  const status = overallStatus(node, isOver);
  const folded = node.children.length > 0 && isFolded(status, folding);
  const row: Row = { kind: 'node', node, status, folded };
  if (folded) return [row];
  return [row, ...notes(node, folding), ...node.children.flatMap((child) => rowsOf(child, folding, isOver))];
}

function isFolded(status: NodeStatus, folding: Folding): boolean {
  if (status === 'succeeded' || status === 'skipped') return folding.finished;
  return status === 'waiting' && folding.waiting;
}

function notes(node: TreeNode, folding: Folding): readonly Row[] {
  if (node.status !== 'running') return [];
  const messages = node.messages.slice(-folding.messages).map((text): Row => ({ kind: 'message', node, text }));
  return node.progress === undefined ? messages : [{ kind: 'progress', node }, ...messages];
}

/** Keeps the rows around the phase that runs; a row at each cut end tells how many are missing. */
function cutToWindow(rows: readonly Row[], height: number): readonly Row[] {
  const room = Math.max(1, height - 2);
  // The last of the active nodes is the deepest: its parents are active too.
  const active = Math.max(
    0,
    rows.findLastIndex((row) => row.kind === 'node' && row.status === 'running'),
  );
  const first = Math.max(0, Math.min(active - Math.floor(room / 3), rows.length - room));
  const last = first + room;
  const before: readonly Row[] = first === 0 ? [] : [{ kind: 'gap', count: first }];
  const after: readonly Row[] = last >= rows.length ? [] : [{ kind: 'gap', count: rows.length - last }];
  return [...before, ...rows.slice(first, last), ...after].slice(0, Math.max(1, height));
}
