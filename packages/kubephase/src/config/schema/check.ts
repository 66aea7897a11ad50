/** Checks a document against a schema and reports everything that is wrong with it, unknown fields included. */
import * as v from 'valibot';
import type { Reporter } from '../findings.ts';
import type { FieldPath } from '../places.ts';
import { nearest } from './nearest.ts';
import { structureFaults, type StructureFault } from './structure.ts';

export interface CheckedDocument {
  /** First word of every path: the kind. */
  readonly kind: string;
  readonly apiVersion: string;
  readonly data: unknown;
}

/** Whether the document is of a version whose form has to be converted. */
export function isOldDocument({ apiVersion }: CheckedDocument): boolean {
  return apiVersion.endsWith('/v1beta3');
}

/** Returns the typed document, or undefined when its types are so wrong that nothing can be made of it. */
export function checkDocument<const S extends v.GenericSchema>(
  schema: S,
  document: CheckedDocument,
  reporter: Reporter,
): v.InferOutput<S> | undefined {
  const faults = structureFaults(schema, document.data);
  for (const fault of faults) {
    if (fault.fault === 'unknown-field' && reporter.isFull('lenient')) continue;
    if (fault.fault === 'list') reportType(fault.path, { expected: 'Object', found: [] }, { document, reporter });
    else reportUnknown(fault, document, reporter);
  }
  const result = v.safeParse(schema, document.data);
  const lists = new Set(faults.flatMap(({ fault, path }) => (fault === 'list' ? [path.join('.')] : [])));
  for (const issue of result.issues ?? []) if (!isInside(lists, pathOf(issue))) reportIssue(issue, document, reporter);
  return result.typed && lists.size === 0 ? result.output : undefined;
}

function reportUnknown(field: Extract<StructureFault, { fault: 'unknown-field' }>, document: CheckedDocument, reporter: Reporter): void {
  const name = String(field.path.at(-1));
  const meant = nearest(name, field.known);
  reporter.lenient('CONFIG_UNKNOWN_FIELD', [document.kind, ...field.path], {
    summary: `${document.kind} (${document.apiVersion}): unknown field "${fieldText(field.path)}"`,
    detail: `Known here: ${field.known.toSorted().join(', ')}.`,
    remedy: meant === undefined ? 'Remove the field.' : `Did you mean "${meant}"? Otherwise remove the field.`,
  });
}

function reportIssue(issue: v.BaseIssue<unknown>, document: CheckedDocument, reporter: Reporter): void {
  const path = pathOf(issue);
  if (issue.kind === 'validation') reporter.invalid([document.kind, ...path], { value: issue.input, detail: issue.message });
  else reportType(path, { expected: issue.expected ?? '', found: issue.input }, { document, reporter });
}

function pathOf(issue: v.BaseIssue<unknown>): FieldPath {
  return (issue.path ?? []).map((item) => item.key as string | number);
}

/** What is wrong inside a list that should be a mapping only repeats that. */
function isInside(lists: ReadonlySet<string>, path: FieldPath): boolean {
  return lists.size > 0 && path.some((_segment, length) => lists.has(path.slice(0, length).join('.')));
}

interface WrongType {
  /** The schema library's word. */
  readonly expected: string;
  readonly found: unknown;
}

function reportType(
  path: FieldPath,
  { expected, found }: WrongType,
  to: { readonly document: CheckedDocument; readonly reporter: Reporter },
): void {
  const { kind, apiVersion } = to.document;
  const wanted = typeWords[expected] ?? expected;
  to.reporter.error('CONFIG_WRONG_TYPE', [kind, ...path], {
    summary: `${kind} (${apiVersion}): ${fieldText(path)}: wrong type: expected ${wanted}, found ${describeType(found)}`,
    remedy:
      expected === 'string'
        ? 'Write the value as text, in quotes when it looks like a number or like true, yes or on.'
        : `Write ${wanted}.`,
  });
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  Object: 'a mapping',
  Array: 'a list',
};

function describeType(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'a mapping';
}

/** `a.b[0].c`. */
function fieldText(path: FieldPath): string {
  return path.map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index === 0 ? '' : '.'}${segment}`)).join('');
}
