/**
 * The fields of the configurations of kubelet and kube-proxy, as a tree that can be walked beside a document.
 *
 * Rows of the tables: the path of a field (`a.b`; `a[].b` in each item of a list) and its type. Types are `text`, `boolean`, `int32`,
 * `int64`, `uint32`, `number`, `duration`, `time`, `quantity`, `durationOrNumber` and `mapping`; `[]` behind a type is a list of it, `{}`
 * a mapping with free keys. Behind the type stand the minors that have the field (`1.22-`, `1.22-1.25`, `-1.23`) unless all have it;
 * ` | ` parts types that followed each other.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kubelet/config/v1beta1/types.go
 * @see https://github.com/kubernetes/kubernetes/blob/v1.36.0/staging/src/k8s.io/kube-proxy/config/v1alpha1/types.go
 */
import { kubeProxyFields } from './kube-proxy.ts';
import { kubeletFields } from './kubelet.ts';

/** A type, and the minors (the number behind the dot) that have the field with it. */
export interface TypeSpan {
  readonly type: string;
  readonly from: number;
  readonly to: number;
}

export interface ComponentField {
  /** In the order of the minors. */
  readonly types: readonly TypeSpan[];
  /** Of a mapping, or of each item of a list of mappings. */
  readonly fields: ReadonlyMap<string, ComponentField>;
}

const tables = { KubeletConfiguration: kubeletFields, KubeProxyConfiguration: kubeProxyFields } as const;

export type ComponentName = keyof typeof tables;

/** Fields of the top of the document, of every minor. */
export function componentFields(kind: ComponentName): ComponentField['fields'] {
  const fields = parsed.get(kind) ?? parse(kind);
  parsed.set(kind, fields);
  return fields;
}

/** The tables as trees: they are asked for every unknown field of a file. */
const parsed = new Map<ComponentName, ComponentField['fields']>();

function parse(kind: ComponentName): ComponentField['fields'] {
  const top = new Map<string, Growing>();
  // Parents come before their fields: rows are sorted.
  for (const [path, row] of Object.entries(tables[kind])) {
    const names = path.split('.').map((name) => name.replace('[]', ''));
    const owner = names.slice(0, -1).reduce<Map<string, Growing> | undefined>((fields, name) => fields?.get(name)?.fields, top);
    owner?.set(names.at(-1) ?? '', { types: row.split(' | ').map(spanOf), fields: new Map() });
  }
  return top;
}

interface Growing extends ComponentField {
  readonly fields: Map<string, Growing>;
}

function spanOf(text: string): TypeSpan {
  const [type = '', range = '-'] = text.split(' ');
  const [from = '', to = ''] = range.split('-');
  return { type, from: from === '' ? 0 : minorNumber(from), to: to === '' ? Infinity : minorNumber(to) };
}

/** The number behind the dot of a minor such as `1.36`. */
export function minorNumber(minor: string): number {
  return Number(minor.split('.')[1]);
}

/** Minors that have the field, in words: `1.22 to 1.25`, `1.22 and later`; empty when all have it. */
export function describeMinors({ types }: ComponentField): string {
  const from = types[0]?.from ?? 0;
  const to = types.at(-1)?.to ?? Infinity;
  if (from === 0) return to === Infinity ? '' : `up to 1.${to}`;
  return to === Infinity ? `1.${from} and later` : `1.${from} to 1.${to}`;
}
