/** Writes out what aliases and merge keys of a YAML document stand for, so that edits reach everything. */
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { keyOf } from './pairs.ts';

/** Replaces aliases by what they stand for and merge keys by what they merge: edits could not reach them. */
export function expand(node: Node, anchors: Map<string, Node>): Node {
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
