/** Says what a value is without telling it: values of files may be secrets. */

/** Returns such as `text`, `a number`, `a mapping`. */
export function describeType(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null || value === undefined) return 'nothing';
  return { string: 'text', number: 'a number', boolean: 'true or false' }[typeof value as string] ?? 'a mapping';
}

/** The same, but what can be no secret as it is: true, false, null. */
export function typeWord(value: unknown): string {
  return value === null || typeof value === 'boolean' ? String(value) : describeType(value);
}
