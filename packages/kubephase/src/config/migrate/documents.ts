/** Brings documents of older versions into the form of v1beta4, in place. */
import { isMap, isNode, isScalar, Pair, Scalar, YAMLMap, YAMLSeq, type Node } from 'yaml';
import { readYaml } from '../../formats/yaml/read.ts';
import { withScheme } from '../defaults/node.ts';
import type { ConfigDocument } from '../documents.ts';
import { isDefaultWait } from '../schema/v1beta3.ts';
import { kubeadmGroup } from '../vocabulary.ts';
import { jsonLayout } from './json.ts';
import { openDocument, type EditableDocument } from './open.ts';
import { giveFirstItsComment, mapAt, pairOf, putPair, setText, takePair, textOf } from './pairs.ts';

/** A document and its text, without the lines that separate it from others. */
export interface SourceDocument {
  readonly document: ConfigDocument;
  readonly text: string;
}

const newVersion = `${kubeadmGroup}/v1beta4`;

/** Mappings of v1beta3 that are lists since. */
const argumentPaths: Readonly<Record<string, readonly (readonly string[])[]>> = {
  InitConfiguration: [['nodeRegistration']],
  JoinConfiguration: [['nodeRegistration']],
  ClusterConfiguration: [['apiServer'], ['controllerManager'], ['scheduler'], ['etcd', 'local']],
};

const argumentKeys = ['kubeletExtraArgs', 'extraArgs'];

/** Where kinds name the socket of the container runtime. */
const socketPaths: Readonly<Record<string, readonly string[]>> = {
  InitConfiguration: ['nodeRegistration'],
  JoinConfiguration: ['nodeRegistration'],
  ResetConfiguration: [],
};

const waitOfControlPlane = ['timeouts', 'controlPlaneComponentHealthCheck'] as const;

/** Returns the new text of each document that changes, by kind. Documents that are not in the result stay as they are. */
export function migrateDocuments(sources: readonly SourceDocument[]): ReadonlyMap<string, string> {
  const texts = new Map(sources.map(({ document, text }) => [document.kind, text]));
  const opened = new Map<string, EditableDocument>();
  const open: Opener = (kind) => {
    const known = opened.get(kind);
    if (known !== undefined) return known;
    const fresh = openDocument(texts.get(kind) ?? newDocument(kind));
    opened.set(kind, fresh);
    return fresh;
  };
  const isJson = sources.every(({ text }) => jsonLayout(text) !== undefined);
  const newDocument = (kind: string) =>
    isJson ? JSON.stringify({ apiVersion: newVersion, kind }, undefined, 2) : `apiVersion: ${newVersion}\nkind: ${kind}\n`;
  const isOld = (kind: string) => sources.some(({ document }) => document.kind === kind && document.version === 'v1beta3');
  for (const { document } of sources) {
    if (document.group !== kubeadmGroup) continue;
    if (isOld(document.kind)) convert(document.kind, open(document.kind).root);
    completeSocket(document, open);
  }
  if (isOld('ClusterConfiguration'))
    moveWait(open, isOld('JoinConfiguration') ? ['InitConfiguration', 'JoinConfiguration'] : ['InitConfiguration']);
  return new Map([...opened].map(([kind, editable]) => [kind, editable.print()]));
}

type Opener = (kind: string) => EditableDocument;

function convert(kind: string, root: YAMLMap): void {
  setText(pairOf(root, 'apiVersion'), newVersion);
  for (const path of argumentPaths[kind] ?? []) {
    const owner = mapAt(root, path);
    for (const key of owner === undefined ? [] : argumentKeys) if (owner !== undefined) toArgumentList(pairOf(owner, key));
  }
  const discovery = mapAt(root, ['discovery']);
  const wait = discovery && takePair(discovery, 'timeout');
  if (wait !== undefined && textOf(wait) !== undefined) putPair(root, ['timeouts', 'discovery'], wait);
}

/** The wait for the control plane leaves the cluster's document, unless it is the default or zero, which both mean the default. */
function moveWait(open: Opener, kinds: readonly string[]): void {
  const apiServer = mapAt(open('ClusterConfiguration').root, ['apiServer']);
  const wait = apiServer && takePair(apiServer, 'timeoutForControlPlane');
  if (wait === undefined || isDefaultWait(textOf(wait) ?? '')) return;
  for (const kind of kinds) putPair(open(kind).root, waitOfControlPlane, wait);
}

function completeSocket({ kind, data }: ConfigDocument, open: Opener): void {
  const path = socketPaths[kind];
  const socket = path === undefined ? undefined : valueAt(data, [...path, 'criSocket']);
  if (path === undefined || typeof socket !== 'string' || socket === '' || withScheme(socket) === socket) return;
  const owner = mapAt(open(kind).root, path);
  if (owner !== undefined) setText(pairOf(owner, 'criSocket'), withScheme(socket));
}

function valueAt(data: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    data,
  );
}

/** Turns a mapping of arguments into a list of names and values, sorted by name as every reader of the mapping sorts them. */
function toArgumentList(pair: Pair | undefined): void {
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
