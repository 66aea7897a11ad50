/** Opens YAML documents for edits in place: comments, quotes and the form of values stay as the author wrote them. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseAllDocuments,
  Scalar,
  type Node,
  type Pair,
  type ScalarTag,
  type YAMLMap,
} from 'yaml';
import { jsonLayout, printJson } from './json.ts';
import { keyOf } from './pairs.ts';

/** Nothing but null is recognised, so that every scalar is printed as it was written: `0755`, `on`, `12:30`. */
const nothing: ScalarTag = {
  identify: (value) => value === null || value === undefined,
  createNode: () => new Scalar(null),
  default: true,
  tag: 'tag:yaml.org,2002:null',
  test: /^(?:~|[Nn]ull|NULL)?$/,
  resolve: () => new Scalar(null),
  stringify: ({ source }) => source ?? 'null',
};

/** A document whose top is a mapping without aliases. */
export interface EditableDocument {
  readonly root: YAMLMap;
  /** Prints the document, with a newline at the end. */
  readonly print: () => string;
}

/** @param text one document that the configuration reader accepted; what follows a line `...` is dropped */
export function openDocument(text: string): EditableDocument {
  const parsed = parseAllDocuments(text, {
    version: '1.1',
    schema: 'failsafe',
    customTags: [nothing],
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const document = 'empty' in parsed ? undefined : parsed[0];
  const root = document?.contents;
  if (document === undefined || !isMap(root)) throw new TypeError('only documents that were read before can be edited');
  expand(root, new Map());
  const layout = jsonLayout(text);
  if (layout !== undefined) return { root, print: () => printJson(root, layout) };
  if (document.directives !== undefined) Object.assign(document.directives, { docStart: null, docEnd: false });
  const style = { lineWidth: 0, indentSeq: indentsLists(text), flowCollectionPadding: !/[{[]\S/.test(text) };
  return { root, print: () => document.toString(style) };
}

/** Whether list items are written with more indentation than their key. */
function indentsLists(text: string): boolean {
  return /^( *)[^\s#-][^\n]*:[ \t]*(?:#[^\n]*)?\n\1 +- /m.test(text);
}

/** Replaces aliases by what they stand for and merge keys by what they merge: edits could not reach them. */
function expand(node: Node, anchors: Map<string, Node>): Node {
  if (isAlias(node)) return resolved(node.source, anchors);
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined) {
    anchors.set(anchor, node);
    delete (node as { anchor?: string }).anchor;
  }
  if (isSeq(node)) node.items = node.items.map((item) => (isNode(item) ? expand(item, anchors) : item));
  if (isMap(node)) expandMap(node, anchors);
  return node;
}

function resolved(source: string, anchors: ReadonlyMap<string, Node>): Node {
  const target = anchors.get(source);
  if (target === undefined) throw new TypeError(`the alias *${source} has no anchor`);
  return target.clone() as Node;
}

function expandMap(map: YAMLMap, anchors: Map<string, Node>): void {
  for (const pair of map.items) {
    if (isNode(pair.key)) pair.key = expand(pair.key, anchors);
    if (isNode(pair.value)) pair.value = expand(pair.value, anchors);
  }
  if (!map.items.some(isMergePair)) return;
  const seen = new Set(map.items.filter((pair) => !isMergePair(pair)).map((pair) => keyOf(pair)));
  map.items = map.items.flatMap((pair) => {
    if (!isMergePair(pair)) return [pair];
    const sources: readonly unknown[] = isSeq(pair.value) ? pair.value.items : [pair.value];
    const merged = sources.flatMap((source) => (isMap(source) ? source.items : []));
    return merged.filter((candidate) => !seen.has(keyOf(candidate)) && seen.add(keyOf(candidate))).map((candidate) => candidate.clone());
  });
}

function isMergePair({ key }: Pair): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}
