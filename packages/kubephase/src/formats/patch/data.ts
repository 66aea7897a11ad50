/** Plain JSON data, as patches change it. Nothing here changes its arguments. */

export type Fields = Readonly<Record<string, unknown>>;

/** True for JSON objects, false for lists, scalars and null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Makes an object. Unlike assignment this gives a key `__proto__` no special meaning. */
export function fieldsOf(entries: Iterable<readonly [string, unknown]>): Fields {
  return Object.fromEntries(entries);
}
