/** Kubeconfig files as text: reads them, and prints them as kubectl does, in YAML with sorted keys. */
import { isMapping, type Mapping } from '../../formats/data/mapping.ts';
import { printYaml } from '../../formats/yaml/print.ts';
import { readYaml } from '../../formats/yaml/read.ts';
import { failure } from '../../problems/catalogue.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** Lists of named entries: field, field of the entry, the entry's fields that hold text, those that hold base64. */
const lists = [
  { list: 'clusters', entry: 'cluster', texts: ['server', 'certificate-authority'], data: ['certificate-authority-data'] },
  { list: 'contexts', entry: 'context', texts: ['cluster', 'user'], data: [] },
  {
    list: 'users',
    entry: 'user',
    texts: ['client-certificate', 'client-key', 'token'],
    data: ['client-certificate-data', 'client-key-data'],
  },
] as const;

type Path = readonly (string | number)[];

/**
 * Returns the kubeconfig in `text`, YAML or JSON. An empty text is an empty kubeconfig.
 * @param file where the text comes from, for messages
 * @throws ProblemError `KUBECONFIG_INVALID`; it never quotes the text, which may hold keys
 */
export function parseKubeconfig(text: string, file: string): Kubeconfig {
  const document = readYaml(text);
  if ('fault' in document) throw invalid(file, 'it is not YAML', document);
  const refuse = (path: Path, what: string): Error => invalid(file, `${path.join('.')} ${what}`, document.positionOf(path));
  const top = document.data ?? {};
  if (!isMapping(top)) throw refuse([], 'it is not a mapping');
  const parsed = lists.map(({ list, entry, texts, data }) => {
    const entries = entriesOf(top, list, refuse);
    checkNames(entries, { list, entry, refuse });
    for (const [index, item] of entries.entries()) checkEntry(item[entry] as Mapping, { path: [list, index, entry], texts, data, refuse });
    return [list, entries];
  });
  const current = top['current-context'] ?? '';
  if (typeof current !== 'string') throw refuse(['current-context'], 'is not text');
  return { ...top, ...Object.fromEntries(parsed), 'current-context': current } as Kubeconfig;
}

type Refuse = (path: Path, what: string) => Error;

function entriesOf(top: Mapping, list: string, refuse: Refuse): readonly Mapping[] {
  const value = top[list] ?? [];
  if (!Array.isArray(value)) throw refuse([list], 'is not a list');
  return value.map((item: unknown, index) => {
    if (!isMapping(item)) throw refuse([list, index], 'is not a mapping');
    return item;
  });
}

function checkNames(
  entries: readonly Mapping[],
  { list, entry, refuse }: { readonly list: string; readonly entry: string; readonly refuse: Refuse },
): void {
  const seen = new Set<unknown>();
  for (const [index, item] of entries.entries()) {
    if (typeof item['name'] !== 'string') throw refuse([list, index], 'has no name');
    if (!isMapping(item[entry])) throw refuse([list, index], `has no mapping ${entry}`);
    if (seen.has(item['name'])) throw refuse([list, index, 'name'], 'stands twice');
    seen.add(item['name']);
  }
}

interface EntryRules {
  readonly path: Path;
  readonly texts: readonly string[];
  readonly data: readonly string[];
  readonly refuse: Refuse;
}

function checkEntry(entry: Mapping, { path, texts, data, refuse }: EntryRules): void {
  for (const field of [...texts, ...data]) {
    if (entry[field] !== undefined && typeof entry[field] !== 'string') throw refuse([...path, field], 'is not text');
  }
  for (const field of data) {
    if (!isBase64(entry[field] as string | undefined)) throw refuse([...path, field], 'is not base64');
  }
}

function isBase64(text = ''): boolean {
  const compact = text.replaceAll(/\s/g, '');
  return compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact);
}

function invalid(file: string, what: string, at: { readonly line: number; readonly column: number }): Error {
  return failure('KUBECONFIG_INVALID', {
    summary: `${file} cannot be read as a kubeconfig`,
    detail: what.trim(),
    remedy: `Restore ${file}, or remove it to have it made again.`,
    where: { file, line: at.line, column: at.column },
  });
}

/** The text holds whatever secrets the kubeconfig holds. */
export function printKubeconfig(kubeconfig: Kubeconfig): string {
  return printYaml(kubeconfig);
}
