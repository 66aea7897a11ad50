/** Merging of lists in a strategic merge patch: by the value of a key, or as a set of scalars; in which order, and by which directives. */
import { isMapping, mappingOf, type Mapping } from '../data/mapping.ts';
import { PatchFault } from './json.ts';
import { typeWord } from '../data/type-word.ts';

/** Beside other keys of an object or a list item: `replace`, `delete` or `merge`. */
export const directive = '$patch';
/** List of the keys that survive in the patched object. */
export const retainKeys = '$retainKeys';
/** Prefix of a key that lists values to take out of a list of scalars. */
export const deleteFromList = '$deleteFromPrimitiveList/';
/** Prefix of a key that lists the order of a merged list. */
export const elementOrder = '$setElementOrder/';

/** True for keys that are instructions, not fields; they never reach the patched object. */
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

/** How the items of one list are told apart and merged. */
interface ListMerge {
  /** For messages, such as `spec.containers`. */
  readonly place: string;
  /** Key whose value identifies an item; undefined for lists of scalars. */
  readonly key: string | undefined;
  readonly mergeItem: (target: Mapping, patch: Mapping) => Mapping;
}

/** Returns `before` merged with the list `patch`. */
export function mergeLists(before: readonly unknown[], patch: readonly unknown[], how: ListMerge): readonly unknown[] {
  if (how.key === undefined) {
    const merged = [...new Set([...before, ...patch])];
    return weave({ merged, wanted: patch, before, identity: (item) => item });
  }
  const { kept, added, replaced } = takeDirectives(itemsOf(before, how), itemsOf(patch, how), how);
  if (replaced) return added.map(withoutDirectives);
  const identity = identityBy(how.key);
  return weave({
    merged: mergeItems(kept, added, how),
    wanted: added.map((item) => identify(item, how)),
    before: kept.map(identity),
    identity,
  });
}

/**
 * Returns `merged` in the order that a `$setElementOrder` directive asks for. Items that it does not name keep
 * the order of `before`.
 */
export function orderList(
  merged: readonly unknown[],
  before: readonly unknown[],
  order: { readonly wanted: readonly unknown[]; readonly key: string | undefined },
): readonly unknown[] {
  const identity = identityBy(order.key);
  return weave({ merged, wanted: order.wanted.map(identity), before: before.map(identity), identity });
}

interface Taken {
  readonly kept: readonly Mapping[];
  readonly added: readonly Mapping[];
  readonly replaced: boolean;
}

/** Carries out the items that are directives: `delete` takes an item out, `replace` anywhere drops the whole old list. */
function takeDirectives(before: readonly Mapping[], patch: readonly Mapping[], how: ListMerge): Taken {
  const deleted = new Set<unknown>();
  const added: Mapping[] = [];
  let replaced = false;
  for (const item of patch) {
    const word = item[directive];
    if (word === undefined || word === 'merge') added.push(item);
    else if (word === 'delete') deleted.add(identify(item, how));
    else if (word === 'replace') replaced = true;
    else throw new PatchFault(`an item of ${how.place} has a directive that is none of replace, delete, merge`);
  }
  const identity = identityBy(how.key);
  return { kept: before.filter((item) => !deleted.has(identity(item))), added, replaced };
}

function mergeItems(before: readonly Mapping[], patch: readonly Mapping[], how: ListMerge): readonly unknown[] {
  const merged: unknown[] = [...before];
  const identity = identityBy(how.key);
  for (const item of patch) {
    const wanted = identify(item, how);
    const index = merged.findIndex((candidate) => identity(candidate) === wanted);
    const target = merged[index];
    if (isMapping(target)) merged[index] = how.mergeItem(target, item);
    else merged.push(withoutDirectives(item));
  }
  return merged;
}

function itemsOf(list: readonly unknown[], how: ListMerge): readonly Mapping[] {
  const foreign = list.find((item) => !isMapping(item));
  if (foreign !== undefined) throw new PatchFault(`${how.place} holds ${typeWord(foreign)} where an object is expected`);
  return list as readonly Mapping[];
}

function identify(item: Mapping, how: ListMerge): unknown {
  const value = how.key === undefined ? item : item[how.key];
  if (value === undefined) throw new PatchFault(`an item of ${how.place} has no "${how.key}" by which it could be merged`);
  return value;
}

function identityBy(key: string | undefined): (item: unknown) => unknown {
  return (item) => (key !== undefined && isMapping(item) ? item[key] : item);
}

interface Weave {
  /** All items, each once. */
  readonly merged: readonly unknown[];
  /** Identities in the order that the patch wants. */
  readonly wanted: readonly unknown[];
  /** Identities in the order of the object before the patch. */
  readonly before: readonly unknown[];
  readonly identity: (item: unknown) => unknown;
}

/**
 * Items that the patch names keep the order of the patch, the rest keeps the order of the object. An item of the
 * object comes before an item of the patch only where the object had both in this order; so new items come first.
 */
function weave({ merged, wanted, before, identity }: Weave): readonly unknown[] {
  const place = (order: readonly unknown[], item: unknown): number => order.indexOf(identity(item));
  const sorted = (items: readonly unknown[], order: readonly unknown[]) => items.toSorted((a, b) => place(order, a) - place(order, b));
  const named = sorted(
    merged.filter((item) => place(wanted, item) >= 0),
    wanted,
  );
  const others = sorted(
    merged.filter((item) => place(wanted, item) < 0),
    before,
  );
  const result: unknown[] = [];
  for (const item of others) {
    while (named[0] !== undefined && !comesFirst(place(before, item), place(before, named[0]))) result.push(named.shift());
    result.push(item);
  }
  return [...result, ...named];
}

function comesFirst(left: number, right: number): boolean {
  return left >= 0 && right >= 0 && left < right;
}
