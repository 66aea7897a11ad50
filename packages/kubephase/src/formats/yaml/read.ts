/** Reads one YAML or JSON document into plain data with positions, the way Go's YAML 1.1 reader sees it. */
import { Composer, Lexer, LineCounter, Parser, type CST, type Document, type ScalarTag, type Tags, type YAMLError } from 'yaml';
import { maxDepth, maxTextLength, YamlFaultError, type YamlFault } from './text.ts';
import { findPlace, toData, type YamlPath, type YamlPosition } from './tree.ts';

export interface YamlDocument {
  /** JSON-like: mappings are plain objects, absent values are null. */
  readonly data: unknown;
  /** Keys that stand twice in one mapping, with the place of the later one. The later one won. */
  readonly repeatedKeys: readonly { readonly path: YamlPath; readonly position: YamlPosition }[];
  readonly has: (path: YamlPath) => boolean;
  /** Position of the key (of the value, for list items) at `path`, or of the nearest ancestor that exists. */
  readonly positionOf: (path: YamlPath) => YamlPosition;
}

/**
 * Reads the first document of `text`; what follows a `...` line is ignored. Never throws for bad input.
 * @param firstLine line of a larger text with which `text` starts, one-based
 */
export function readYaml(text: string, firstLine = 1): YamlDocument | YamlFault {
  const lines = new LineCounter();
  const positionAt = (offset: number): YamlPosition => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1) + firstLine - 1, column: Math.max(col, 1) };
  };
  try {
    return toDocument(parse(text, lines), positionAt);
  } catch (error) {
    if (!(error instanceof YamlFaultError)) throw error;
    return { fault: error.message, limit: error.limit, ...positionAt(Math.min(error.offset, text.trimEnd().length)) };
  }
}

function toDocument(document: Document.Parsed | undefined, positionAt: (offset: number) => YamlPosition): YamlDocument {
  const tree = toData(document?.contents);
  return {
    data: tree.data,
    repeatedKeys: tree.repeatedKeys.map(({ path, offset }) => ({ path, position: positionAt(offset) })),
    has: (path) => findPlace(tree.places, path).exact,
    positionOf: (path) => positionAt(findPlace(tree.places, path).tree.offset),
  };
}

function parse(text: string, lines: LineCounter): Document.Parsed | undefined {
  if (text.length > maxTextLength) throw new YamlFaultError(`the text is larger than ${maxTextLength} characters`, 0, true);
  const tokens = tokenize(text, lines);
  const directive = tokens.find((token) => token.type === 'directive');
  if (directive !== undefined) throw new YamlFaultError('directives (lines that start with %) are not supported', directive.offset);
  const composer = new Composer({ version: '1.1', uniqueKeys: false, prettyErrors: false, customTags: tagsOfGo });
  for (const document of composer.compose(tokens, false, text.length)) {
    const [error] = document.errors;
    if (error !== undefined) throw new YamlFaultError(withoutSource(error), error.pos[0]);
    return document;
  }
  return undefined;
}

/** Some messages hold the text that the parser stumbled over, which may be a secret. A colon of the syntax has a blank before it. */
function withoutSource({ code, message }: YAMLError): string {
  if (code === 'TAG_RESOLVE_FAILED') return 'a word that starts with "!" is no tag that is known here';
  return message.replace(/(?<=\w): .*$/s, '');
}

/**
 * The parser's stack is watched while it grows: composing a document that is nested very deep would exhaust the
 * stack of the process, which cannot be caught reliably.
 */
function tokenize(text: string, lines: LineCounter): readonly CST.Token[] {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    if (parser.stack.length > maxParserStack)
      throw new YamlFaultError(`the document is nested more than ${maxDepth} levels deep`, parser.offset, true);
  }
  tokens.push(...parser.end());
  return tokens;
}

/** The parser stacks up to two tokens a level. */
const maxParserStack = 2 * maxDepth + 10;

/** Go's reader knows no sexagesimal numbers, and leaves timestamps and binary data as text. It knows `0o17`. */
function tagsOfGo(tags: Tags): Tags {
  const known = tags.filter(
    (tag) => typeof tag === 'string' || (tag.format !== 'TIME' && !textInGo.has(tag.tag.slice('tag:yaml.org,2002:'.length))),
  );
  return [octal, ...known.map((tag) => (isFloat(tag) ? withDigits(tag) : tag))];
}

type FloatTag = ScalarTag & { readonly test: RegExp };

/** Decimal floats, with or without exponent; not the words for infinity and "not a number". */
function isFloat(tag: Tags[number]): tag is FloatTag {
  return typeof tag === 'object' && tag.tag === 'tag:yaml.org,2002:float' && 'test' in tag && !tag.test?.test('.inf');
}

/** The library takes `e5`, `.e5` and `.` for numbers; for Go they are names. */
function withDigits(tag: FloatTag): ScalarTag {
  return { ...tag, test: new RegExp(tag.test.source.replace('^', String.raw`^(?=[-+]?\.?\d)`)) };
}

const textInGo: ReadonlySet<string> = new Set(['timestamp', 'binary', 'omap', 'pairs', 'set', 'merge']);

const octal: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  format: 'OCT',
  test: /^[-+]?0o[0-7_]+$/,
  resolve: (text) => {
    const value = Number.parseInt(text.replace(/[-+_]|0o/g, ''), 8);
    return text.startsWith('-') ? -value : value;
  },
};
