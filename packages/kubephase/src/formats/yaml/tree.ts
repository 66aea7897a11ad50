/** Turns the syntax tree of a YAML document into plain data, and notes where everything stands. */
import { isAlias, isMap, isNode, isScalar, isSeq, type Alias, type Node, type Pair, type YAMLMap } from 'yaml';
import { maxDepth, maxValues, YamlFaultError } from './text.ts';

/** Keys of mappings and zero-based indexes of lists, from the top. */
export type YamlPath = readonly (string | number)[];

/** One-based. */
export interface YamlPosition {
  readonly line: number;
  readonly column: number;
}

/** Where one entry stands in the text, and what it holds. */
interface PlaceTree {
  /** Offset of the key; that of the value for list items and the top. */
  readonly offset: number;
  readonly children: Map<string | number, PlaceTree>;
}

interface FoundPlace {
  readonly tree: PlaceTree;
  /** False when only an ancestor of the path exists. */
  readonly exact: boolean;
}

/** Finds the entry at `path`, or that of the nearest ancestor that the document has. */
export function findPlace(root: PlaceTree, path: YamlPath): FoundPlace {
  let tree = root;
  for (const segment of path) {
    const child = tree.children.get(segment) ?? tree.children.get(Number(segment));
    if (child === undefined) return { tree, exact: false };
    tree = child;
  }
  return { tree, exact: true };
}

/** A key that stands twice in one mapping. */
interface RepeatedKey {
  readonly path: YamlPath;
  /** Offset of the later key in the text. */
  readonly offset: number;
}

interface DataTree {
  readonly data: unknown;
  readonly places: PlaceTree;
  readonly repeatedKeys: readonly RepeatedKey[];
}

interface Walk {
  readonly anchors: Map<string, Node>;
  readonly open: Set<Node>;
  readonly repeatedKeys: RepeatedKey[];
  values: number;
}

/** The node to convert, and where its result belongs. */
interface Position {
  readonly path: YamlPath;
  readonly place: PlaceTree;
}

/**
 * Converts like Go's reader: aliases and merge keys are resolved, keys are text, the later of two equal keys wins.
 * @throws YamlFaultError for aliases without anchor or round in circles, keys that are no scalars, passed limits
 */
export function toData(top: unknown): DataTree {
  const walk: Walk = { anchors: new Map(), open: new Set(), repeatedKeys: [], values: 0 };
  const places = newPlace(offsetOf(top, 0));
  const data = convert(top, { path: [], place: places }, walk);
  return { data, places, repeatedKeys: walk.repeatedKeys };
}

function convert(node: unknown, at: Position, walk: Walk): unknown {
  if (!isNode(node)) return null;
  walk.values += 1;
  if (walk.values > maxValues)
    throw new YamlFaultError(`the document has more than ${maxValues} values after expansion of aliases`, at.place.offset, true);
  if (at.path.length > maxDepth)
    throw new YamlFaultError(`the document is nested more than ${maxDepth} levels deep`, at.place.offset, true);
  if (isAlias(node)) return convertAlias(node, at, walk);
  if (node.anchor !== undefined) walk.anchors.set(node.anchor, node);
  if (isScalar(node)) return node.value;
  walk.open.add(node);
  const data = isMap(node) ? convertMap(node, at, walk) : convertList(node, at, walk);
  walk.open.delete(node);
  return data;
}

function convertAlias(node: Alias, at: Position, walk: Walk): unknown {
  const target = walk.anchors.get(node.source);
  if (target === undefined) throw new YamlFaultError('an alias (a word that starts with *) has no anchor before it', at.place.offset);
  if (walk.open.has(target)) throw new YamlFaultError('an alias (a word that starts with *) stands inside its own anchor', at.place.offset);
  return convert(target, at, walk);
}

function convertList(node: Node, at: Position, walk: Walk): unknown[] {
  if (!isSeq(node)) return [];
  return node.items.map((item, index) => convert(item, enter(at, { segment: index, key: item }), walk));
}

function convertMap(node: YAMLMap, at: Position, walk: Walk): Record<string, unknown> {
  const own = new Map<string, unknown>();
  const merged = new Map<string, unknown>();
  for (const pair of node.items) {
    if (isMergeKey(pair)) {
      mergeInto(merged, mergedEntries(pair, at, walk));
      continue;
    }
    const key = keyText(pair.key, at, walk);
    if (own.has(key)) walk.repeatedKeys.push({ path: [...at.path, key], offset: offsetOf(pair.key, at.place.offset) });
    own.set(key, convert(pair.value, enter(at, { segment: key, key: pair.key }), walk));
  }
  return Object.fromEntries([...merged, ...own]);
}

/** The first mapping that has a key decides. */
function mergeInto(merged: Map<string, unknown>, entries: readonly [string, unknown][]): void {
  for (const [key, value] of entries) if (!merged.has(key)) merged.set(key, value);
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
}

function mergedEntries(pair: Pair, at: Position, walk: Walk): [string, unknown][] {
  const aside: Position = { path: [...at.path, '<<'], place: newPlace(offsetOf(pair.value, at.place.offset)) };
  const data = convert(pair.value, aside, walk);
  const sources: readonly unknown[] = Array.isArray(data) ? data : [data];
  return sources.flatMap((source) => {
    if (typeof source !== 'object' || source === null)
      throw new YamlFaultError('"<<" needs a mapping or a list of mappings', aside.place.offset);
    return Object.entries(source);
  });
}

function keyText(key: unknown, at: Position, walk: Walk): string {
  const value = isAlias(key) ? convertAlias(key, at, walk) : convertKey(key, walk);
  if (typeof value === 'object' && value !== null) throw new YamlFaultError('a key has to be text', offsetOf(key, at.place.offset));
  return String(value);
}

function convertKey(key: unknown, walk: Walk): unknown {
  if (!isScalar(key)) return key ?? null;
  if (key.anchor !== undefined) walk.anchors.set(key.anchor, key);
  return key.value;
}

function enter(at: Position, child: { readonly segment: string | number; readonly key: unknown }): Position {
  const place = newPlace(offsetOf(child.key, at.place.offset));
  at.place.children.set(child.segment, place);
  return { path: [...at.path, child.segment], place };
}

function newPlace(offset: number): PlaceTree {
  return { offset, children: new Map() };
}

function offsetOf(node: unknown, otherwise: number): number {
  return (isNode(node) ? node.range?.[0] : undefined) ?? otherwise;
}
