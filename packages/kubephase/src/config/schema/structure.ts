/** Compares the structure of a document with its schema: fields that it does not have, lists in place of mappings. */
import type * as v from 'valibot';

type Path = readonly (string | number)[];

export type StructureFault =
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
