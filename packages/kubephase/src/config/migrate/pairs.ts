/** Finds, takes and puts entries of YAML mappings together with their comments. */
import { Pair, Scalar, YAMLMap, isMap, isNode, isScalar } from 'yaml';

/** Text of a key as it was written. */
export function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

/** The mapping at `path`, or undefined when there is none. */
export function mapAt(map: YAMLMap, path: readonly string[]): YAMLMap | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return map;
  const value = pairOf(map, head)?.value;
  return isMap(value) ? mapAt(value, rest) : undefined;
}

/** The last pair with this key, which is the one that counts. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.findLast((pair) => keyOf(pair) === key);
}

/** Text of a scalar value; undefined for null and for everything that is no scalar. */
export function textOf(pair: Pair | undefined): string | undefined {
  return isScalar(pair?.value) && typeof pair.value.value === 'string' ? pair.value.value : undefined;
}

/** Replaces the text of a scalar value; quotes and comments stay. */
export function setText(pair: Pair | undefined, text: string): void {
  if (isScalar(pair?.value)) pair.value.value = text;
}

/** Takes a pair out of its mapping, with the comments that belong to it. */
export function takePair(map: YAMLMap, key: string): Pair | undefined {
  const pair = pairOf(map, key);
  if (pair === undefined) return undefined;
  giveFirstItsComment(map);
  map.items = map.items.filter((candidate) => candidate !== pair);
  return pair;
}

/** The comment above the first entry of a block mapping is kept with the mapping, where it would outlive the entry. */
export function giveFirstItsComment(map: YAMLMap): void {
  const key = map.items[0]?.key;
  if (!isScalar(key) || typeof map.commentBefore !== 'string') return;
  key.commentBefore = [map.commentBefore, ...(typeof key.commentBefore === 'string' ? [key.commentBefore] : [])].join('\n');
  map.commentBefore = undefined as unknown as string;
}

/** Puts the value and the comments of `pair` below another key of the mapping at `path`, which is made when it is missing. */
export function putPair(map: YAMLMap, path: readonly string[], pair: Pair): void {
  const [head = '', ...rest] = path;
  const existing = pairOf(map, head);
  if (rest.length === 0) {
    const moved = new Pair(scalarLike(pair.key, head), isNode(pair.value) ? pair.value.clone() : pair.value);
    map.items = existing === undefined ? [...map.items, moved] : map.items.map((candidate) => (candidate === existing ? moved : candidate));
    return;
  }
  const inner = isMap(existing?.value) ? existing.value : new YAMLMap();
  if (existing === undefined) map.items.push(new Pair(new Scalar(head), inner));
  else existing.value = inner;
  putPair(inner, rest, pair);
}

function scalarLike(key: unknown, text: string): Scalar {
  const scalar = new Scalar(text);
  if (isScalar(key) && typeof key.commentBefore === 'string') scalar.commentBefore = key.commentBefore;
  return scalar;
}
