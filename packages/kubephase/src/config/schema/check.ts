/** Checks a document against a schema and reports everything that is wrong with it, unknown fields included. */
import * as v from 'valibot';
import type { ConfigDocument } from '../documents.ts';
import type { Reporter } from '../findings.ts';
import type { FieldPath } from '../findings.ts';
import { describeType } from '../../formats/data/type-word.ts';
import { nearestKnown } from '../vocabulary.ts';

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

/** Fields set by flags are checked as a document of the newest version. */
export function asDocument(given: ConfigDocument | Readonly<Record<string, unknown>> | undefined, kind: string): CheckedDocument {
  return isDocument(given) ? given : { kind, apiVersion: 'kubeadm.k8s.io/v1beta4', data: given ?? {} };
}

function isDocument(value: ConfigDocument | Readonly<Record<string, unknown>> | undefined): value is ConfigDocument {
  return value !== undefined && 'yaml' in value;
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
  const meant = nearestKnown(name, field.known);
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

/** `a.b[0].c`. */
function fieldText(path: FieldPath): string {
  return path.map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index === 0 ? '' : '.'}${segment}`)).join('');
}

type Path = readonly (string | number)[];

type StructureFault =
  | { readonly fault: 'unknown-field'; readonly path: Path; readonly known: readonly string[] }
  /** The schema library takes a list for a mapping. */
  | { readonly fault: 'list'; readonly path: Path };

/** What is read of a schema: its entries, its item, or what it wraps. */
interface Structure {
  readonly type: string;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
}

/** Returns the faults at every level, in the order of the document. */
export function structureFaults(schema: v.GenericSchema, data: unknown, path: Path = []): readonly StructureFault[] {
  const { type, entries, item, wrapped } = schema as Structure;
  if (wrapped !== undefined) return structureFaults(wrapped, data, path);
  if (!Array.isArray(data)) return entries === undefined ? [] : fieldFaults(entries, data, path);
  if (item !== undefined) return data.flatMap((element, index) => structureFaults(item, element, [...path, index]));
  return type === 'object' || type === 'record' ? [{ fault: 'list', path }] : [];
}

function fieldFaults(entries: NonNullable<Structure['entries']>, data: unknown, path: Path): readonly StructureFault[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const known = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (known === undefined) return [{ fault: 'unknown-field' as const, path: [...path, key], known: Object.keys(entries) }];
    return structureFaults(known, value, [...path, key]);
  });
}
