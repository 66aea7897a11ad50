/** The single values of a document, each with its path. */
import type { JsonObject, JsonValue } from '../../../config/types.ts';

/** Keys and zero-based indexes, from the top of the document. */
export type ValuePath = readonly (string | number)[];

export interface PlacedValue {
  readonly path: ValuePath;
  /** A text, number, switch or null, or a list or mapping without members. */
  readonly value: JsonValue;
}

/** The kind of a printed document; every one has it. */
export function kindOf({ kind }: JsonObject): string {
  return typeof kind === 'string' ? kind : '';
}

/** Returns the values in alphabetical order of their keys, which is that of the printed document. `apiVersion` and `kind` are left out. */
export function valuesOf({ apiVersion: _apiVersion, kind: _kind, ...fields }: JsonObject): readonly PlacedValue[] {
  return walk(fields, []);
}

function walk(value: JsonValue, path: ValuePath): readonly PlacedValue[] {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return path.length === 0 ? [] : [{ path, value }];
  if (isList(value)) return value.flatMap((item, index) => walk(item, [...path, index]));
  return Object.keys(value)
    .sort()
    .flatMap((key) => walk(value[key] ?? null, [...path, key]));
}

/** `Array.isArray` does not narrow readonly arrays. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
