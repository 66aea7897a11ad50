/** Cuts a Go template into texts and actions. */
import { TemplateFault } from '../go-text/fault.ts';
import { readToken, type Token } from './token.ts';

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly tokens: readonly Token[]; readonly offset: number };

const blankRun = /[ \t\r\n]+/y;
const open = '{{';
const close = '}}';
const commentStart = /\{\{(?:-[ \t\r\n]+)?\/\*/y;
const trimmingOpen = /\{\{-[ \t\r\n]/y;
const actionEnd = /[ \t\r\n]*\}\}|[ \t\r\n]+-\}\}/y;

interface Reading {
  readonly piece?: Piece;
  readonly end: number;
}

/**
 * Returns the pieces of `source`. Comments are left out; `{{- ` and ` -}}` have removed the blanks of the texts
 * beside them.
 * @throws TemplateFault
 */
export function splitTemplate(source: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let index = 0; index < source.length;) {
    const start = source.indexOf(open, index);
    const trimsLeft = start !== -1 && matches(trimmingOpen, source, start);
    const raw = source.slice(index, start === -1 ? undefined : start);
    const text = trimText(raw, { left: trimsAt(source, index), right: trimsLeft });
    if (text !== '') pieces.push({ kind: 'text', text });
    if (start === -1) break;
    const { piece, end } = readAction(source, start, trimsLeft);
    if (piece !== undefined) pieces.push(piece);
    index = end;
  }
  return pieces;
}

/** True when the action that ends at `index` asks to trim what follows. */
function trimsAt(source: string, index: number): boolean {
  return /[ \t\r\n]-\}\}$/.test(source.slice(Math.max(0, index - 4), index));
}

function trimText(text: string, { left, right }: { readonly left: boolean; readonly right: boolean }): string {
  const begun = left ? text.replace(/^[ \t\r\n]+/, '') : text;
  return right ? begun.slice(0, begun.length - blanksAtEnd(begun)) : begun;
}

function blanksAtEnd(text: string): number {
  let count = 0;
  while (/[ \t\r\n]/.test(text.charAt(text.length - 1 - count))) count += 1;
  return count;
}

function readAction(source: string, start: number, trims: boolean): Reading {
  if (matches(commentStart, source, start)) return { end: endOfComment(source, start) };
  const tokens: Token[] = [];
  let offset = start + (trims ? open.length + 1 : open.length);
  while (!matches(actionEnd, source, offset)) {
    const spaced = matches(blankRun, source, offset);
    if (spaced) offset = blankRun.lastIndex;
    if (offset >= source.length) throw new TemplateFault(`an action has no closing ${close}`, start);
    const token = readToken(source, { offset, spaced });
    tokens.push(token);
    offset += token.text.length;
  }
  return { piece: { kind: 'action', tokens, offset: start }, end: actionEnd.lastIndex };
}

function endOfComment(source: string, start: number): number {
  const end = source.indexOf('*/', start);
  if (end === -1) throw new TemplateFault('a comment has no closing */', start);
  if (!matches(actionEnd, source, end + 2)) throw new TemplateFault(`behind a comment only ${close} may stand`, end + 2);
  return actionEnd.lastIndex;
}

function matches(pattern: RegExp, source: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(source);
}
