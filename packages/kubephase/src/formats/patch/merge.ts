/** JSON merge patches (RFC 7386). */
import { mappingOf, isMapping } from '../data/mapping.ts';

/** Returns `target` changed by `patch`: objects are merged, null deletes a key, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMapping(patch)) return patch;
  const result = new Map(isMapping(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key), value));
  }
  return mappingOf(result);
}
