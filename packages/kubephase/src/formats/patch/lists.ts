/** Merging of lists in a strategic merge patch: by the value of a key, or as a set of scalars. */
import { isMapping, type Mapping } from '../data/mapping.ts';
import { directive, withoutDirectives } from './directives.ts';
import { PatchFault } from './fault.ts';
import { weave } from './order.ts';

/** How the items of one list are told apart and merged. */
export interface ListMerge {
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
    else throw new PatchFault(`an item of ${how.place} has the unknown directive ${JSON.stringify(word)}`);
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
  if (foreign !== undefined) throw new PatchFault(`${how.place} holds ${JSON.stringify(foreign)}, which is not an object`);
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
