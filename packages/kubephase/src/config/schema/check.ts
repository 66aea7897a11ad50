/** Checks a document against a schema and reports everything that is wrong with it, unknown fields included. */
import * as v from 'valibot';
import type { ConfigDocument } from '../documents.ts';
import type { Reporter } from '../findings.ts';
import type { FieldPath } from '../findings.ts';
import { formRemedy } from './form-advice.ts';
import { reportUnknownField, reportWrongType, type NamedDocument, type WrongType } from './report.ts';

export interface CheckedDocument extends NamedDocument {
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
export async function checkDocument<const S extends v.GenericSchema>(
  schema: S,
  document: CheckedDocument,
  reporter: Reporter,
): Promise<v.InferOutput<S> | undefined> {
  const faults = structureFaults(schema, document.data);
  await reportStructure(faults, document, reporter);
  const result = v.safeParse(schema, document.data);
  const lists = new Set(faults.flatMap(({ fault, path }) => (fault === 'list' ? [path.join('.')] : [])));
  for (const issue of result.issues ?? []) if (!isInside(lists, pathOf(issue))) reportIssue(issue, document, reporter);
  return result.typed && lists.size === 0 ? result.output : undefined;
}

async function reportStructure(faults: readonly StructureFault[], document: CheckedDocument, reporter: Reporter): Promise<void> {
  const hints = faults.some(({ fault }) => fault === 'unknown-field') ? await import('./owners.ts') : undefined;
  for (const fault of faults) {
    if (fault.fault === 'list') reportType(fault.path, { expected: 'Object', found: fault.found }, { document, reporter });
    else if (!reporter.isFull('lenient'))
      reportUnknownField({ ...fault, hint: hints?.ownerHint(String(fault.path.at(-1)), document.kind) }, document, reporter);
  }
}

function reportIssue(issue: v.BaseIssue<unknown>, document: CheckedDocument, reporter: Reporter): void {
  const path = pathOf(issue);
  if (issue.kind === 'validation') reporter.invalid([document.kind, ...path], { value: issue.input, detail: issue.message });
  else reportType(path, { expected: issue.expected ?? '', found: issue.input }, { document, reporter });
}

function reportType(path: FieldPath, wrong: WrongType, to: { readonly document: CheckedDocument; readonly reporter: Reporter }): void {
  reportWrongType(path, { ...wrong, remedy: formRemedy(path, wrong.found, isOldDocument(to.document)) }, to);
}

function pathOf(issue: v.BaseIssue<unknown>): FieldPath {
  return (issue.path ?? []).map((item) => item.key as string | number);
}

/** What is wrong inside a list that should be a mapping only repeats that. */
function isInside(lists: ReadonlySet<string>, path: FieldPath): boolean {
  return lists.size > 0 && path.some((_segment, length) => lists.has(path.slice(0, length).join('.')));
}

type Path = readonly (string | number)[];

type StructureFault =
  | { readonly fault: 'unknown-field'; readonly path: Path; readonly known: readonly string[] }
  /** The schema library takes a list for a mapping. */
  | { readonly fault: 'list'; readonly path: Path; readonly found: readonly unknown[] };

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
  return type === 'object' || type === 'record' ? [{ fault: 'list', path, found: data }] : [];
}

function fieldFaults(entries: NonNullable<Structure['entries']>, data: unknown, path: Path): readonly StructureFault[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const known = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (known === undefined) return [{ fault: 'unknown-field' as const, path: [...path, key], known: Object.keys(entries) }];
    return structureFaults(known, value, [...path, key]);
  });
}
