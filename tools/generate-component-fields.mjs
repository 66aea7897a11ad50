/**
 * Makes the tables of the fields that the configurations of kubelet and kube-proxy have in each minor, from the Go types.
 *   node tools/generate-component-fields.mjs KUBELET KUBE_PROXY COMPONENT_BASE
 * The arguments are git repositories (bare ones will do) of the published modules k8s.io/kubelet, k8s.io/kube-proxy and
 * k8s.io/component-base, with their tags v0.20.0 and later: what stands below staging/src/k8s.io of kubernetes/kubernetes.
 * Of each minor the newest patch is read. Run it again when a minor is added.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const [kubelet, kubeProxy, componentBase] = process.argv.slice(2);
if (componentBase === undefined) throw new Error('usage: generate-component-fields.mjs KUBELET KUBE_PROXY COMPONENT_BASE');
const firstMinor = 20;

const git = (repository, ...args) =>
  execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'ignore'] });

/** The newest patch of each minor, such as `v0.36.2`, by minor. */
const tags = new Map();
for (const tag of git(kubelet, 'tag', '--sort=v:refname').split('\n')) {
  const [, minor] = /^v0\.(\d+)\.\d+$/.exec(tag) ?? [];
  if (Number(minor) >= firstMinor) tags.set(Number(minor), tag);
}

/** What JSON holds for types of other modules. */
const foreign = {
  'metav1.Duration': 'duration',
  'metav1.Time': 'time',
  'v1.ResourceList': 'quantity{}',
  'resource.QuantityValue': 'quantity',
  'resource.Quantity': 'quantity',
  'time.Duration': 'int64',
  // Reads both the number of nanoseconds that it was once and a duration.
  TimeOrMetaDuration: 'durationOrNumber',
  string: 'text',
  bool: 'boolean',
  int32: 'int32',
  int64: 'int64',
  uint32: 'uint32',
  float32: 'number',
  float64: 'number',
};
/** Structs of modules that are not read, as they have been since the first minor here. */
const foreignStructs = {
  'v1.Taint': { key: 'string', value: 'string', effect: 'string', timeAdded: 'metav1.Time' },
};
/** Which file holds the types of a package, by the name under which it is imported. */
const packages = {
  componentbaseconfigv1alpha1: 'config/v1alpha1/types.go',
  logsapi: 'logs/api/v1/types.go',
  tracingapi: 'tracing/api/v1/types.go',
};

/** Types of one Go file: structs with their fields, and names of other types. */
function typesOf(source) {
  const types = new Map();
  for (const [, name, body] of source.matchAll(/^type (\w+) struct \{\n(.*?)^\}/gms)) {
    const fields = [...body.matchAll(/^\t(?:(\w+)\s+)?(\S+)\s+`json:"([^",]*)(,[^"]*)?"/gm)].map(([, , type, json, options = '']) => ({
      json,
      type,
      inline: options.includes('inline'),
    }));
    types.set(name, { fields });
  }
  for (const [, name, other] of source.matchAll(/^type (\w+) ((?:\[\])?[\w.]+)$/gm)) if (other !== 'struct') types.set(name, { other });
  return types;
}

/** Rows `[path, type]` of every field below the struct `name`. */
function rowsOf(name, { types, tag }, path = '') {
  const struct = structOf(name, { types, tag });
  return struct.fields.flatMap(({ json, type, inline }) => {
    const bare = type.replace(/^\*/, '');
    if (inline) return bare.endsWith('TypeMeta') ? [] : rowsOf(bare, struct, path);
    const at = path === '' ? json : `${path}.${json}`;
    const { word, below } = wordOf(bare, struct);
    const inner = below === undefined ? [] : rowsOf(below, struct, word === 'mapping[]' ? `${at}[]` : at);
    return [[at, word]].concat(inner);
  });
}

function structOf(name, { types, tag }) {
  if (foreignStructs[name] !== undefined)
    return { fields: Object.entries(foreignStructs[name]).map(([json, type]) => ({ json, type, inline: false })), types, tag };
  const [owner, own] = name.includes('.') ? name.split('.') : [undefined, name];
  const scope = owner === undefined ? types : scopeOf(owner, tag);
  const found = scope.get(own);
  if (found === undefined) throw new Error(`${tag}: there is no type ${name}`);
  return { ...found, types: scope, tag };
}

function scopeOf(owner, tag) {
  if (packages[owner] === undefined) throw new Error(`the package ${owner} is not known`);
  return typesOf(git(componentBase, 'show', `${tag}:${packages[owner]}`));
}

/** The word for a Go type in the table, and the struct whose fields stand below it. */
function wordOf(type, scope) {
  if (foreign[type] !== undefined) return { word: foreign[type] };
  const [, list] = /^\[\](.+)$/.exec(type) ?? [];
  if (list !== undefined) return grouped('[]', wordOf(list.replace(/^\*/, ''), scope));
  const [, map] = /^map\[string\](.+)$/.exec(type) ?? [];
  if (map !== undefined) return grouped('{}', wordOf(map, scope));
  const found = structOf(type, scope);
  return found.other === undefined ? { word: 'mapping', below: type } : wordOf(found.other, found);
}

function grouped(suffix, { word, below }) {
  return { word: `${word}${suffix}`, below };
}

const first = Math.min(...tags.keys());
const last = Math.max(...tags.keys());

/** `int32 1.22-1.30`: the type, and the minors where the field is not in all of them. */
function span(type, minors) {
  const [from, to] = [Math.min(...minors), Math.max(...minors)];
  if (minors.length !== to - from + 1) throw new Error(`a field comes and goes: ${type} in ${minors.join(' ')}`);
  const range = `${from === first ? '' : `1.${from}`}-${to === last ? '' : `1.${to}`}`;
  return range === '-' ? type : `${type} ${range}`;
}

function tableOf(repository, path, kind) {
  /** Minors by path and type. */
  const seen = new Map();
  for (const [minor, tag] of tags) {
    for (const [at, type] of rowsOf(kind, { types: typesOf(git(repository, 'show', `${tag}:${path}`)), tag })) {
      const byType = seen.get(at) ?? new Map();
      byType.set(type, [...(byType.get(type) ?? []), minor]);
      seen.set(at, byType);
    }
  }
  const rows = [...seen].sort(([a], [b]) => (a < b ? -1 : 1));
  return rows.map(([at, byType]) => [at, [...byType].map(([type, minors]) => span(type, minors)).join(' | ')]);
}

function write(name, kind, rows) {
  const lines = rows.map(([at, text]) => `  ${/^\w+$/.test(at) ? at : `'${at}'`}: '${text}',`);
  const text = `/** Fields of ${kind} by minor, 1.${first} to 1.${last}. Made by tools/generate-component-fields.mjs; see fields.ts for the notation. */
export const ${name}Fields: Readonly<Record<string, string>> = {
${lines.join('\n')}
};
`;
  const file = join(
    root,
    'packages/kubephase/src/releases/components',
    `${kind
      .replace(/Configuration$/, '')
      .replace(/(?<!^)[A-Z]/g, '-$&')
      .toLowerCase()}.ts`,
  );
  writeFileSync(file, text);
}

write('kubelet', 'KubeletConfiguration', tableOf(kubelet, 'config/v1beta1/types.go', 'KubeletConfiguration'));
write('kubeProxy', 'KubeProxyConfiguration', tableOf(kubeProxy, 'config/v1alpha1/types.go', 'KubeProxyConfiguration'));
