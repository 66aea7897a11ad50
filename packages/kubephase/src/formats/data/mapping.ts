/** Plain JSON data: which values are mappings, and their entries. Nothing here changes its arguments. */

/** A JSON object. */
export type Mapping = Readonly<Record<string, unknown>>;

/** True for JSON objects, false for lists, scalars and null. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of `key`, or undefined when `mapping` has no such key of its own. */
export function fieldOf(mapping: Mapping, key: string): unknown {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}

/** Values in alphabetical order of their keys. */
export function sortedEntries(mapping: Mapping): readonly (readonly [string, unknown])[] {
  return Object.keys(mapping)
    .toSorted()
    .map((key) => [key, mapping[key]]);
}

/** Makes a mapping. Unlike assignment this gives a key `__proto__` no special meaning. */
export function mappingOf(entries: Iterable<readonly [string, unknown]>): Mapping {
  return Object.fromEntries(entries);
}
