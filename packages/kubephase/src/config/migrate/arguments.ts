/** Turns the mappings in which v1beta3 keeps arguments into lists. */
import { Pair, Scalar, YAMLMap, YAMLSeq, isMap, isNode, isScalar, type Node } from 'yaml';
import { readYaml } from '../../formats/yaml/read.ts';
import { giveFirstItsComment } from './pairs.ts';

/** Turns a mapping of arguments into a list of names and values, sorted by name as every reader of the mapping sorts them. */
export function toArgumentList(pair: Pair | undefined): void {
  if (pair === undefined || !isMap(pair.value)) return;
  const map = pair.value;
  giveFirstItsComment(map);
  const list = new YAMLSeq<YAMLMap>();
  list.items = map.items
    .map((item) => ({ name: argumentName(item.key), item }))
    .sort((a, b) => (String(a.name.value) < String(b.name.value) ? -1 : 1))
    .map(({ name, item }) => toArgument(name, item));
  if (map.flow === true) list.flow = true;
  if (typeof map.comment === 'string') list.comment = map.comment;
  pair.value = list;
}

function toArgument(name: Scalar, { key, value }: Pair): YAMLMap {
  const argument = new YAMLMap();
  argument.items = [new Pair(new Scalar('name'), name), new Pair(new Scalar('value'), valueOrEmpty(value))];
  if (isScalar(key) && typeof key.commentBefore === 'string') argument.commentBefore = key.commentBefore;
  return argument;
}

/** Keys are text in any form; a name has to be text by its form too. */
function argumentName(key: unknown): Scalar {
  if (!isScalar(key) || key.type !== 'PLAIN') return quoted(isScalar(key) ? String(key.value) : '');
  const read = readYaml(key.source ?? '');
  const data = 'data' in read ? read.data : key.source;
  return typeof data === 'string' ? new Scalar(data) : quoted(String(data));
}

function valueOrEmpty(value: unknown): Node {
  if (isNode(value) && !(isScalar(value) && value.value === null)) return value;
  const empty = quoted('');
  if (isScalar(value) && typeof value.comment === 'string') empty.comment = value.comment;
  return empty;
}

function quoted(text: string): Scalar {
  const scalar = new Scalar(text);
  scalar.type = 'QUOTE_DOUBLE';
  return scalar;
}
