/** Reads the words of an action, up to its end. */
import { TemplateFault } from '../go-text/fault.ts';
import { unquote } from '../go-text/unquote.ts';
import { readNumber } from './number.ts';

export type Token =
  | { readonly kind: 'constant'; readonly value: string | number; readonly text: string; readonly place: Place }
  | { readonly kind: 'field' | 'variable' | 'word' | 'symbol'; readonly text: string; readonly place: Place };

export interface Place {
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
export function readToken(source: string, place: Place): Token {
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
