/** The words that steer a strategic merge patch. They never reach the patched object. */
import { mappingOf, isMapping, type Mapping } from '../data/mapping.ts';

/** Beside other keys of an object or a list item: `replace`, `delete` or `merge`. */
export const directive = '$patch';
/** List of the keys that survive in the patched object. */
export const retainKeys = '$retainKeys';
/** Prefix of a key that lists values to take out of a list of scalars. */
export const deleteFromList = '$deleteFromPrimitiveList/';
/** Prefix of a key that lists the order of a merged list. */
export const elementOrder = '$setElementOrder/';

/** True for keys that are instructions, not fields. */
export function isDirective(key: string): boolean {
  return key === directive || key === retainKeys || key.startsWith(deleteFromList) || key.startsWith(elementOrder);
}

/**
 * Returns `value` as it stands in an object that had nothing there before: without directives and nulls.
 * Undefined when the value only asks for something to be deleted.
 */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isMapping(value)) return value;
  return value[directive] === 'delete' ? undefined : cleaned(value);
}

function cleaned(value: Mapping): Mapping {
  const entries = Object.entries(value)
    .filter(([key, item]) => !isDirective(key) && item !== null)
    .map(([key, item]) => [key, withoutDirectives(item)] as const);
  return mappingOf(entries.filter(([, item]) => item !== undefined));
}
