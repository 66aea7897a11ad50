/** The type, the schema and the page of the report tell the same. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import type { RunDocument } from '../../src/output/run-document.ts';
import { runDocumentVersion } from '../../src/output/run-document.ts';
import { eventFaults, reportFaults, reportSchema, type Schema } from './schemas.ts';

/** Every field at every depth, so that the compiler asks for each one that the type has. */
type Complete<T> = T extends readonly (infer Item)[]
  ? readonly Complete<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: Complete<T[Key]> }
    : T;

/** What is free by its type is data of any shape, and causes end somewhere. */
type Fields = Omit<RunDocument, 'actions' | 'result' | 'problems' | 'warnings'>;
type Warning = NonNullable<RunDocument['warnings']>[number];
type Problem = NonNullable<RunDocument['problems']>[number];

const problem = {
  code: 'FILE_UNWRITABLE',
  summary: 'cannot write /pki/ca.key',
  detail: 'It is a directory.',
  evidence: [{ title: 'log', lines: ['last line'] }],
  remedy: 'Remove it.',
  make: 'authority ca',
  command: 'kubephase init phase certs ca',
  where: { phase: 'certs/ca', file: '/pki/ca.key', line: 1, column: 2, field: 'a.b', object: '--config' },
  retryable: false,
} as const satisfies Complete<Omit<Problem, 'cause'>>;
const cause = { name: 'Error', message: 'EISDIR', cause: { name: 'Error', message: 'deeper', cause: '<circular>' } } as const;
const warning = { ...problem, text: 'all on one line', phase: 'certs/ca' } as const satisfies Complete<Omit<Warning, 'cause'>>;

const complete = {
  apiVersion: runDocumentVersion,
  kind: 'RunReport',
  command: 'init',
  workflow: 'init',
  status: 'failed',
  durationMs: 12,
  phases: [{ path: 'certs/ca', status: 'skipped', durationMs: 0, reason: 'it exists' }],
  remaining: ['certs/sa'],
  resumeFrom: 'certs/ca',
} as const satisfies Complete<Fields>;

const document: RunDocument = {
  ...complete,
  warnings: [{ ...warning, cause }],
  actions: [{ phase: 'certs/ca', kind: 'write-file', summary: 'write /pki/ca.key', path: '/pki/ca.key' }],
  result: { joinCommand: 'kubeadm join …' },
  problems: [{ ...problem, cause }],
};

/** Fields of data that the schema does not tell of, and fields of the schema that the data does not have. */
function differences(data: unknown, schema: Schema, place = '$'): readonly string[] {
  const { $ref, items, properties, ...rest } = schema;
  if ($ref !== undefined) return differences(data, reportSchema.$defs?.[$ref.replace('#/$defs/', '')] ?? {}, place);
  if (Array.isArray(data)) return data.flatMap((item) => differences(item, items ?? {}, `${place}[]`));
  if (properties === undefined || typeof data !== 'object' || data === null || 'additionalProperties' in rest) return [];
  const names = new Set([...Object.keys(data), ...Object.keys(properties)]);
  return [...names].flatMap((name) => {
    const field = (data as Readonly<Record<string, unknown>>)[name];
    const known = properties[name];
    if (known === undefined || field === undefined) return [`${place}.${name}: only in the ${known === undefined ? 'type' : 'schema'}`];
    return differences(field, known, `${place}.${name}`);
  });
}

function blocks(language: string): readonly string[] {
  const page = readFileSync(new URL('../../../../docs/results.md', import.meta.url), 'utf8');
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
}

describe('the report of a command', () => {
  it('has the same fields in the type and in the schema', () => {
    expect(differences(document, reportSchema)).toEqual([]);
    expect(reportFaults(document)).toEqual([]);
  });

  it.each([
    ['another version', { apiVersion: 'output.kubephase.dev/v1' }],
    ['a status that does not exist', { status: 'skipped' }],
    ['a time below zero', { durationMs: -1 }],
    ['a problem that does not tell whether to run again', { problems: [{ code: 'A', summary: 'a' }] }],
  ])('does not fit with %s', (_name, change) => {
    expect(reportFaults({ ...document, ...change })).not.toEqual([]);
  });

  it('is shown in the page as it is', () => {
    const documents = [
      ...blocks('json').map((text) => JSON.parse(text) as unknown),
      ...blocks('yaml').map((text) => parse(text) as unknown),
    ];
    expect(documents).toHaveLength(4);
    expect(documents.flatMap(reportFaults)).toEqual([]);
    expect(blocks('jsonl').flatMap((line) => eventFaults(JSON.parse(line)))).toEqual([]);
  });

  it('has all its fields told in the page', () => {
    const page = readFileSync(new URL('../../../../docs/results.md', import.meta.url), 'utf8');
    const names = [...Object.keys(reportSchema.properties ?? {}), ...Object.keys(reportSchema.$defs?.['problem']?.properties ?? {})];
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
