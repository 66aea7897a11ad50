/** Finds the fields of a document that its schema does not have. */
import type * as v from 'valibot';

export interface UnknownField {
  readonly path: readonly (string | number)[];
  /** Fields that the object does have. */
  readonly known: readonly string[];
}

/** What is read of a schema: its entries, its item, or what it wraps. */
interface Structure {
  readonly type: string;
  readonly entries?: Readonly<Record<string, v.GenericSchema>>;
  readonly item?: v.GenericSchema;
  readonly wrapped?: v.GenericSchema;
}

/** Returns the unknown fields of `data` at every level, in the order of the document. */
export function unknownFields(schema: v.GenericSchema, data: unknown, path: readonly (string | number)[] = []): readonly UnknownField[] {
  const { entries, item, wrapped } = schema as Structure;
  if (wrapped !== undefined) return unknownFields(wrapped, data, path);
  if (item !== undefined && Array.isArray(data)) return data.flatMap((element, index) => unknownFields(item, element, [...path, index]));
  if (entries === undefined || typeof data !== 'object' || data === null || Array.isArray(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const known = Object.hasOwn(entries, key) ? entries[key] : undefined;
    return known === undefined ? [{ path: [...path, key], known: Object.keys(entries) }] : unknownFields(known, value, [...path, key]);
  });
}
