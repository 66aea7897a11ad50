/** Cuts a Go template into texts and actions, and the actions into tokens. */
import { TemplateFault, unquote } from '../go-text.ts';

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

export type Token =
  | { readonly kind: 'constant'; readonly value: string | number; readonly text: string; readonly place: Place }
  | { readonly kind: 'field' | 'variable' | 'word' | 'symbol'; readonly text: string; readonly place: Place };

interface Place {
  readonly offset: number;
  /** True behind a blank. Blanks matter: `.a .b` are two values, `.a.b` is one. */
  readonly spaced: boolean;
}

type Kind = 'string' | 'character' | 'number' | 'field' | 'variable' | 'word' | 'symbol';

/** The first row that fits counts. */
const patterns: readonly (readonly [Kind, RegExp])[] = [
  ['string', /"(?:[^"\\\n]|\\.)*"|`[^`]*`/y],
  ['character', /'(?:[^'\\\n]|\\.)+'/y],
  ['number', /[-+]?(?:0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?)/y],
  ['field', /\.[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['variable', /\$[\p{L}\p{Nd}_]*/uy],
  ['word', /[\p{L}_][\p{L}\p{Nd}_]*/uy],
  ['symbol', /:=|[()|,=.]/y],
];

/** What may stand behind a name or number: anything else, as in `.a-b`, is a mistake. */
const terminator = /[\s.,|:()=]|\}\}|$/y;

/** Reads the token at `offset`, where neither a blank nor the end of the action is. */
function readToken(source: string, place: Place): Token {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = place.offset;
    const text = pattern.exec(source)?.[0];
    if (text !== undefined) return toToken(source, kind, { text, place });
  }
  const character = String.fromCodePoint(source.codePointAt(place.offset) ?? 0);
  throw new TemplateFault(/["'`]/.test(character) ? 'a quoted text has no end' : `"${character}" has no meaning here`, place.offset);
}

function toToken(source: string, kind: Kind, { text, place }: { readonly text: string; readonly place: Place }): Token {
  switch (kind) {
    case 'string':
      return { kind: 'constant', value: text.startsWith('`') ? text.slice(1, -1) : unquote(text, place.offset), text, place };
    case 'character':
      return { kind: 'constant', value: readCharacter(text, place.offset), text, place };
    case 'number':
      checkEnd(source, text, place);
      return { kind: 'constant', value: readNumber(text, place.offset), text, place };
    case 'symbol':
      return { kind, text, place };
    case 'field':
    case 'variable':
    case 'word':
    default:
      checkEnd(source, text, place);
      return { kind, text, place };
  }
}

function checkEnd(source: string, text: string, { offset }: Place): void {
  const end = offset + text.length;
  terminator.lastIndex = end;
  if (terminator.test(source)) return;
  const hint = text.startsWith('.') ? '; a field with such a name is read with index' : '';
  throw new TemplateFault(`"${source.charAt(end)}" cannot stand behind ${text}${hint}`, end);
}

/** A character is its code point, as in Go. */
function readCharacter(text: string, offset: number): number {
  const [character, ...more] = unquote(text, offset);
  if (character === undefined || more.length > 0) throw new TemplateFault(`${text} is not one character; texts stand in "`, offset);
  return character.codePointAt(0) ?? 0;
}

/**
 * Reads numbers as Go writes them: `0x1f`, `0o17`, `017`, `0b11`, `1_000`, `1.5e3`.
 * @throws TemplateFault for digits that the base does not have, or misplaced underscores
 */
function readNumber(text: string, offset: number): number {
  const misplaced = /__|_$|_\.|\._|^[-+]?_/.test(text);
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '');
  const octal = /^0[0-7]+$/.test(digits);
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  if (misplaced || Number.isNaN(value)) throw new TemplateFault(`${text} is not a number`, offset);
  return text.startsWith('-') ? -value : value;
}
