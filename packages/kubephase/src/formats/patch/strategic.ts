/**
 * Strategic merge patches: like JSON merge patches, but lists of objects are merged by a key and directives allow
 * more than replacing.
 * @see https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
 */
import { mappingOf, isMapping, type Mapping } from '../data/mapping.ts';
import { deleteFromList, directive, elementOrder, isDirective, mergeLists, orderList, retainKeys, withoutDirectives } from './lists.ts';
import { PatchFault } from './json.ts';
import type { FieldRule, MergeSchema } from './schemas.ts';

/** The schema at one place of the object, and the place in words for messages. */
interface Place {
  readonly schema: MergeSchema;
  readonly path: string;
}

/**
 * Returns `target` changed by `patch`; neither is modified. `null` deletes a key. Lists that `schema` gives a merge
 * key are merged, new items first; other lists are replaced. Throws `PatchFault` when a directive is malformed or an
 * item lacks its merge key.
 */
export function strategicMerge(target: Mapping, patch: Mapping, schema: MergeSchema): Mapping {
  return mergeObjects(target, patch, { schema, path: '' });
}

function mergeObjects(target: Mapping, patch: Mapping, place: Place): Mapping {
  const word = patch[directive];
  if (word === 'replace') return (withoutDirectives({ ...patch, [directive]: undefined }) ?? {}) as Mapping;
  if (word === 'delete') return {};
  if (word !== undefined && word !== 'merge') throw new PatchFault(`${at(place)} has a directive that is none of replace, delete, merge`);
  const result = new Map(Object.entries(retained(target, patch, place)));
  for (const [key, values] of directivesOf(patch, deleteFromList)) removeValues(result, key, values);
  for (const [key, value] of Object.entries(patch)) {
    if (!isDirective(key)) setField(result, key, mergeField(result.get(key), value, inside(place, key)));
  }
  for (const [key, wanted] of directivesOf(patch, elementOrder))
    applyOrder(result, key, { wanted, target, patch, rule: place.schema[key] });
  return mappingOf(result);
}

function setField(result: Map<string, unknown>, key: string, value: unknown): void {
  if (value === undefined) result.delete(key);
  else result.set(key, value);
}

/** Undefined when the field is to be deleted. */
function mergeField(
  current: unknown,
  value: unknown,
  { rule, place }: { readonly rule: FieldRule | undefined; readonly place: Place },
): unknown {
  if (value === null) return undefined;
  if (isMapping(current) && isMapping(value)) return mergeObjects(current, value, place);
  const merges = rule?.mergeKey !== undefined || rule?.mergeValues === true;
  if (!merges || !Array.isArray(current) || !Array.isArray(value)) return withoutDirectives(value);
  return mergeLists(current, value, {
    place: at(place),
    key: rule.mergeKey,
    mergeItem: (target, patch) => mergeObjects(target, patch, place),
  });
}

function inside(place: Place, key: string): { readonly rule: FieldRule | undefined; readonly place: Place } {
  const rule = place.schema[key];
  return { rule, place: { schema: rule?.fields ?? {}, path: place.path === '' ? key : `${place.path}.${key}` } };
}

function at(place: Place): string {
  return place.path === '' ? 'the patch' : place.path;
}

/** `target` with only those keys that a `$retainKeys` directive names. Every key of the patch must be among them. */
function retained(target: Mapping, patch: Mapping, place: Place): Mapping {
  const keys = patch[retainKeys];
  if (keys === undefined) return target;
  if (!Array.isArray(keys)) throw new PatchFault(`${retainKeys} in ${at(place)} is not a list`);
  const missing = Object.keys(patch).find((key) => patch[key] !== null && !isDirective(key) && !keys.includes(key));
  if (missing !== undefined) throw new PatchFault(`${at(place)} sets "${missing}", which its ${retainKeys} does not name`);
  return mappingOf(Object.entries(target).filter(([key]) => keys.includes(key)));
}

/** The directives of `patch` that start with `prefix`: field name and list. */
function directivesOf(patch: Mapping, prefix: string): readonly (readonly [string, readonly unknown[]])[] {
  return Object.entries(patch)
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, list]) => {
      if (!Array.isArray(list)) throw new PatchFault(`${key} is not a list`);
      return [key.slice(prefix.length), list as readonly unknown[]] as const;
    });
}

function removeValues(result: Map<string, unknown>, key: string, values: readonly unknown[]): void {
  const list = result.get(key);
  if (Array.isArray(list))
    result.set(
      key,
      list.filter((item) => !values.includes(item)),
    );
}

interface OrderRequest {
  readonly wanted: readonly unknown[];
  readonly target: Mapping;
  readonly patch: Mapping;
  readonly rule: FieldRule | undefined;
}

function applyOrder(result: Map<string, unknown>, key: string, { wanted, target, patch, rule }: OrderRequest): void {
  const merged = result.get(key);
  if (!Array.isArray(merged)) return;
  const identity = (item: unknown): unknown => (rule?.mergeKey !== undefined && isMapping(item) ? item[rule.mergeKey] : item);
  const named = new Set(wanted.map(identity));
  const changed = patch[key];
  const items = Array.isArray(changed) ? changed.filter((item) => !isMapping(item) || item[directive] === undefined) : [];
  const stranger = items.find((item) => !named.has(identity(item)));
  if (stranger !== undefined) throw new PatchFault(`${elementOrder}${key} does not name every item`);
  const before = target[key];
  result.set(key, orderList(merged, Array.isArray(before) ? before : [], { wanted, key: rule?.mergeKey }));
}
