/** Checks a document against a schema and reports everything that is wrong with it, unknown fields included. */
import * as v from 'valibot';
import type { Reporter } from '../findings.ts';
import { nearest } from './nearest.ts';
import { unknownFields, type UnknownField } from './unknown-fields.ts';

export interface CheckedDocument {
  /** First word of every path: the kind. */
  readonly kind: string;
  readonly apiVersion: string;
  readonly data: unknown;
}

/** Returns the typed document, or undefined when its types are so wrong that nothing can be made of it. */
export function checkDocument<const S extends v.GenericSchema>(
  schema: S,
  document: CheckedDocument,
  reporter: Reporter,
): v.InferOutput<S> | undefined {
  for (const field of unknownFields(schema, document.data)) reportUnknown(field, document, reporter);
  const result = v.safeParse(schema, document.data);
  for (const issue of result.issues ?? []) reportIssue(issue, document, reporter);
  return result.typed ? result.output : undefined;
}

function reportUnknown(field: UnknownField, document: CheckedDocument, reporter: Reporter): void {
  const name = String(field.path.at(-1));
  const meant = nearest(name, field.known);
  reporter.lenient('CONFIG_UNKNOWN_FIELD', [document.kind, ...field.path], {
    summary: `${document.kind} (${document.apiVersion}): unknown field "${fieldText(field.path)}"`,
    detail: `Known here: ${field.known.toSorted().join(', ')}.`,
    remedy: meant === undefined ? 'Remove the field.' : `Did you mean "${meant}"? Otherwise remove the field.`,
  });
}

function reportIssue(issue: v.BaseIssue<unknown>, document: CheckedDocument, reporter: Reporter): void {
  const path = (issue.path ?? []).map((item) => item.key as string | number);
  const at = [document.kind, ...path];
  if (issue.kind === 'validation') {
    reporter.invalid(at, { value: issue.input, detail: issue.message });
    return;
  }
  const expected = typeWords[issue.expected ?? ''] ?? String(issue.expected);
  reporter.error('CONFIG_WRONG_TYPE', at, {
    summary: `${document.kind} (${document.apiVersion}): ${fieldText(path)}: wrong type: expected ${expected}, found ${describeType(issue.input)}`,
    remedy:
      issue.expected === 'string'
        ? 'Write the value as text, in quotes when it looks like a number or like true, yes or on.'
        : `Write ${expected}.`,
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
function fieldText(path: readonly (string | number)[]): string {
  return path.map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index === 0 ? '' : '.'}${segment}`)).join('');
}
