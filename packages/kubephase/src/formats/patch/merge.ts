/** JSON merge patches (RFC 7386). */
import { fieldsOf, isFields } from './data.ts';

/** Returns `target` changed by `patch`: objects are merged, null deletes a key, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isFields(patch)) return patch;
  const result = new Map(isFields(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key), value));
  }
  return fieldsOf(result);
}
