/** Freezes plain data with everything inside it. */

/** Freezes `value`, and every array and plain object in it, in place. Instances of classes stay as they are. */
export function freezeDeeply<T>(value: T): T {
  const visit = (part: unknown, seen: Set<unknown>): void => {
    if (!isPlain(part) || seen.has(part)) return;
    seen.add(part);
    for (const inner of Object.values(part)) visit(inner, seen);
    Object.freeze(part);
  };
  visit(value, new Set());
  return value;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
