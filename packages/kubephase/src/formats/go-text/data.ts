/** Plain JSON data, as templates see it. */

export type Fields = Readonly<Record<string, unknown>>;

/** True for JSON objects, false for lists, scalars and null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of `key`, or undefined when `fields` has no such key of its own. */
export function fieldOf(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Values in alphabetical order of their keys. */
export function sortedEntries(fields: Fields): readonly (readonly [string, unknown])[] {
  return Object.keys(fields)
    .toSorted()
    .map((key) => [key, fields[key]]);
}
