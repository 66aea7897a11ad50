/** Reads pipelines, the expressions of Go templates. */
import { TemplateFault } from '../go-text.ts';
import { functions, missingFunctions } from './functions.ts';
import type { Token } from './split.ts';
import type { Command, Operand, Pipeline, Term } from './tree.ts';

/** Names of the variables that can be used, with their `$`; the parser adds those that a pipeline declares. */
export type Scope = string[];

interface PipelineOptions {
  /** Variables that the pipeline may set. */
  readonly maxVariables: number;
}

/**
 * Reads a pipeline up to the end of the action or a closing parenthesis.
 * @throws TemplateFault
 */
export function parsePipeline(reader: TokenReader, scope: Scope, { maxVariables }: PipelineOptions = { maxVariables: 1 }): Pipeline {
  const { offset } = reader;
  const { variables, assigns } = parseVariables(reader);
  if (variables.length > maxVariables) throw new TemplateFault(`no more than ${maxVariables} variables can be set here`, offset);
  if (assigns) for (const variable of variables) checkVariable(variable, scope, offset);
  const commands = [parseCommand(reader, scope)];
  while (reader.accept('symbol', '|')) commands.push(parseCommand(reader, scope));
  if (!assigns) scope.push(...variables);
  return { variables, assigns, commands, offset };
}

/** `$x :=`, `$x =`, `$x, $y :=` or nothing. */
function parseVariables(reader: TokenReader): Pick<Pipeline, 'variables' | 'assigns'> {
  const variables: string[] = [];
  for (let ahead = 0; ; ahead += 2) {
    const [variable, mark] = [reader.peek(ahead), reader.peek(ahead + 1)];
    if (variable?.kind !== 'variable' || mark?.kind !== 'symbol') break;
    variables.push(variable.text);
    if (mark.text === ',') continue;
    if (mark.text !== ':=' && mark.text !== '=') break;
    for (let skipped = 0; skipped < ahead + 2; skipped += 1) reader.skip();
    return { variables, assigns: mark.text === '=' };
  }
  return { variables: [], assigns: false };
}

function checkVariable(name: string, scope: Scope, offset: number): void {
  if (!scope.includes(name)) throw new TemplateFault(`there is no variable ${name} here`, offset);
}

function parseCommand(reader: TokenReader, scope: Scope): Command {
  const first = parseOperand(reader, scope);
  const rest: Operand[] = [];
  for (let token = reader.peek(); token !== undefined && !isClosing(token); token = reader.peek()) {
    if (!token.place.spaced) throw new TemplateFault(`${token.text} cannot follow without a blank`, token.place.offset);
    rest.push(parseOperand(reader, scope));
  }
  return { first, rest };
}

function isClosing(token: Token): boolean {
  return token.kind === 'symbol' && (token.text === '|' || token.text === ')');
}

function parseOperand(reader: TokenReader, scope: Scope): Operand {
  const token = reader.peek();
  if (token === undefined) throw new TemplateFault('a value is missing', reader.offset);
  const { offset } = token.place;
  const term = token.kind === 'field' ? ({ kind: 'dot' } as const) : parseTerm(reader, token, scope);
  const fields = parseFields(reader, token.kind === 'field');
  const [field] = fields;
  const hasFields = token.kind === 'field' || term.kind === 'variable' || term.kind === 'pipeline';
  if (field !== undefined && !hasFields) throw new TemplateFault(`${token.text} has no field .${field.name}`, field.offset);
  return { term, fields, offset };
}

/** Fields stand directly behind each other; the first may have a blank in front. */
function parseFields(reader: TokenReader, mayBeSpaced: boolean): Operand['fields'] {
  const fields: { readonly name: string; readonly offset: number }[] = [];
  for (let token = reader.peek(); token?.kind === 'field'; token = reader.peek()) {
    const isFirst = mayBeSpaced && fields.length === 0;
    if (token.place.spaced && !isFirst) break;
    fields.push({ name: token.text.slice(1), offset: token.place.offset });
    reader.skip();
  }
  return fields;
}

function parseTerm(reader: TokenReader, token: Token, scope: Scope): Term {
  reader.skip();
  if (token.kind === 'constant') return { kind: 'constant', value: token.value };
  if (token.kind === 'word') return parseWord(token);
  if (token.kind === 'variable') {
    checkVariable(token.text, scope, token.place.offset);
    return { kind: 'variable', name: token.text };
  }
  if (token.text === '.') return { kind: 'dot' };
  if (token.text === '(') return parseParentheses(reader, token, scope);
  throw new TemplateFault(`a value is missing in front of ${token.text}`, token.place.offset);
}

function parseParentheses(reader: TokenReader, { place }: Token, scope: Scope): Term {
  const pipeline = parsePipeline(reader, scope);
  if (!reader.accept('symbol', ')')) throw new TemplateFault('"(" has no closing ")"', place.offset);
  return { kind: 'pipeline', pipeline };
}

function parseWord({ text, place }: Token): Term {
  if (text === 'nil') return { kind: 'nil' };
  if (text === 'true' || text === 'false') return { kind: 'constant', value: text === 'true' };
  if (Object.hasOwn(functions, text)) return { kind: 'function', name: text };
  const known = missingFunctions.includes(text) ? 'Go has this function, but it is not offered here' : 'there is no such function';
  throw new TemplateFault(`${text}: ${known}; the functions are ${Object.keys(functions).toSorted().join(', ')}`, place.offset);
}

/** Walks over the tokens of one action. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  /** Where the action begins. */
  readonly #start: number;
  #index = 0;

  constructor(tokens: readonly Token[], start: number) {
    this.#tokens = tokens;
    this.#start = start;
  }

  /** The token that comes next, or the one `ahead` of it; undefined at the end of the action. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#index + ahead];
  }

  /** Moves behind the next token. */
  skip(): void {
    this.#index += 1;
  }

  /** Moves behind the next token if it is `text`. */
  accept(kind: 'word' | 'symbol', text: string): boolean {
    const token = this.peek();
    const accepted = token?.kind === kind && token.text === text;
    if (accepted) this.skip();
    return accepted;
  }

  /** Offset of the next token, at the end of the action that of the action. */
  get offset(): number {
    return this.peek()?.place.offset ?? this.#start;
  }

  /** @throws TemplateFault when a token is left */
  expectEnd(): void {
    const token = this.peek();
    if (token !== undefined) throw new TemplateFault(`${token.text} is not expected here`, token.place.offset);
  }
}
