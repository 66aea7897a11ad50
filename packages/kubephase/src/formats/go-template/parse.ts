/** Reads a Go template as a tree. */
import { TemplateFault } from '../go-text.ts';
import { parsePipeline, TokenReader, type Scope } from './parse-pipeline.ts';
import { splitTemplate, type Piece } from './split.ts';
import type { Body, Branch, Node, Template } from './tree.ts';

interface State {
  readonly pieces: Iterator<Piece>;
  readonly definitions: Map<string, Body>;
  readonly scope: Scope;
  /** How many ranges and other blocks enclose the place that is read. */
  readonly ranges: number;
  readonly blocks: number;
}

/** The action that ends a body: `{{end}}` or `{{else …}}`; undefined at the end of the source. */
interface Closer {
  readonly word: 'end' | 'else';
  readonly reader: TokenReader;
  readonly offset: number;
}

/** Deeper nesting is a mistake, and must not exhaust the stack. */
const maxBlocks = 200;

/**
 * Reads a whole source.
 * @throws TemplateFault
 * @see https://pkg.go.dev/text/template
 */
export function parseTemplate(source: string): Template {
  const definitions = new Map<string, Body>();
  const state: State = { pieces: splitTemplate(source)[Symbol.iterator](), definitions, scope: ['$'], ranges: 0, blocks: 0 };
  const { body, closer } = parseBody(state);
  if (closer !== undefined) throw new TemplateFault(`{{${closer.word}}} closes nothing`, closer.offset);
  return { body, definitions };
}

function parseBody(state: State): { readonly body: Body; readonly closer: Closer | undefined } {
  const body: Node[] = [];
  for (let piece = state.pieces.next(); piece.done !== true; piece = state.pieces.next()) {
    if (piece.value.kind === 'text') {
      body.push(piece.value);
      continue;
    }
    const { tokens, offset } = piece.value;
    const reader = new TokenReader(tokens, offset);
    for (const word of ['end', 'else'] as const) {
      if (reader.accept('word', word)) return { body, closer: { word, reader, offset } };
    }
    const node = parseAction(state, reader, offset);
    reader.expectEnd();
    if (node !== undefined) body.push(node);
  }
  return { body, closer: undefined };
}

/** A definition leaves nothing at its place. */
function parseAction(state: State, reader: TokenReader, offset: number): Node | undefined {
  const first = reader.peek();
  const parser = first?.kind === 'word' && Object.hasOwn(actions, first.text) ? actions[first.text] : undefined;
  if (parser === undefined) return { kind: 'output', pipeline: parsePipeline(reader, state.scope) };
  reader.skip();
  return parser(state, reader, offset);
}

type ActionParser = (state: State, reader: TokenReader, offset: number) => Node | undefined;

const actions: Readonly<Record<string, ActionParser>> = {
  if: (state, reader, offset) => parseBranch(state, reader, { kind: 'if', offset }),
  with: (state, reader, offset) => parseBranch(state, reader, { kind: 'with', offset }),
  range: (state, reader, offset) => parseBranch(state, reader, { kind: 'range', offset }),
  break: (state, _reader, offset) => parseJump(state, 'break', offset),
  continue: (state, _reader, offset) => parseJump(state, 'continue', offset),
  template: parseCall,
  define: parseDefinition,
  block: parseBlock,
};

function parseJump(state: State, kind: 'break' | 'continue', offset: number): Node {
  if (state.ranges === 0) throw new TemplateFault(`{{${kind}}} stands in no {{range}}`, offset);
  return { kind };
}

function parseBranch(
  state: State,
  reader: TokenReader,
  { kind, offset }: { readonly kind: Branch['kind']; readonly offset: number },
): Branch {
  if (state.blocks >= maxBlocks) throw new TemplateFault(`blocks are nested more than ${maxBlocks} deep`, offset);
  const scope = [...state.scope];
  const pipeline = parsePipeline(reader, scope, { maxVariables: kind === 'range' ? 2 : 1 });
  reader.expectEnd();
  const inner = { ...state, scope, blocks: state.blocks + 1 };
  const ranges = kind === 'range' ? state.ranges + 1 : state.ranges;
  const { body, closer } = parseBody({ ...inner, scope: [...scope], ranges });
  const otherwise = closer?.word === 'else' ? parseElse(inner, kind, closer) : closeBlock(closer, offset);
  return { kind, pipeline, body, otherwise };
}

/** `{{else}}`, `{{else if …}}` or `{{else with …}}` and what belongs to it. */
function parseElse(state: State, kind: Branch['kind'], { reader, offset }: Closer): Body {
  if (kind !== 'range' && reader.accept('word', kind)) return [parseBranch(state, reader, { kind, offset })];
  reader.expectEnd();
  const { body, closer } = parseBody(state);
  closeBlock(closer, offset);
  return body;
}

function closeBlock(closer: Closer | undefined, offset: number): Body {
  if (closer === undefined) throw new TemplateFault('the block has no {{end}}', offset);
  if (closer.word === 'else') throw new TemplateFault('{{else}} does not fit here', closer.offset);
  closer.reader.expectEnd();
  return [];
}

function parseCall(state: State, reader: TokenReader, offset: number): Node {
  const name = parseName(reader);
  return reader.peek() === undefined
    ? { kind: 'template', name, offset }
    : { kind: 'template', name, pipeline: parsePipeline(reader, state.scope), offset };
}

function parseName(reader: TokenReader): string {
  const token = reader.peek();
  if (token?.kind !== 'constant' || typeof token.value !== 'string') {
    throw new TemplateFault('the name of a template stands here, in quotes', reader.offset);
  }
  reader.skip();
  return token.value;
}

function parseDefinition(state: State, reader: TokenReader, offset: number): undefined {
  if (state.blocks > 0) throw new TemplateFault('{{define}} cannot stand inside another block', offset);
  const name = parseName(reader);
  reader.expectEnd();
  define(state, name, offset);
}

/** `{{block "name" pipeline}}` defines a template and calls it on the spot. */
function parseBlock(state: State, reader: TokenReader, offset: number): Node {
  if (state.blocks >= maxBlocks) throw new TemplateFault(`blocks are nested more than ${maxBlocks} deep`, offset);
  const name = parseName(reader);
  const pipeline = parsePipeline(reader, state.scope);
  reader.expectEnd();
  define(state, name, offset);
  return { kind: 'template', name, pipeline, offset };
}

/** The variables of the place do not reach into the definition. */
function define(state: State, name: string, offset: number): void {
  const { body, closer } = parseBody({ ...state, scope: ['$'], ranges: 0, blocks: state.blocks + 1 });
  closeBlock(closer, offset);
  if (state.definitions.has(name)) throw new TemplateFault(`the template "${name}" is defined twice`, offset);
  state.definitions.set(name, body);
}
