/** Finds the values that steps lead to. */
import { fieldOf, isMapping, sortedEntries } from '../data/mapping.ts';
import { TemplateFault } from '../go-text/fault.ts';
import { compare } from './compare.ts';
import { selectItems } from './items.ts';
import type { Field, Filter, Items, Step } from './tree.ts';

export interface SelectOptions {
  /** False makes a field that no value has a fault. */
  readonly allowMissingKeys: boolean;
}

/**
 * Returns the values found, in the order of lists and of the alphabet.
 * @throws TemplateFault
 */
export function select(values: readonly unknown[], steps: readonly Step[], options: SelectOptions): readonly unknown[] {
  return steps.reduce((found, step) => follow(found, step, options), values);
}

function follow(values: readonly unknown[], step: Step, options: SelectOptions): readonly unknown[] {
  switch (step.kind) {
    case 'literal':
      return [step.value];
    case 'field':
      return fields(values, step, options);
    case 'everything':
      return values.flatMap(children);
    case 'descendants':
      return values.flatMap(descendants);
    case 'items':
      return values.flatMap((value) => items(value, step));
    case 'union':
      return step.members.flatMap((member) => select(values, member, options));
    case 'filter':
    default:
      return values.flatMap((value) => listOf(value, step).filter((item) => passes(item, step, options)));
  }
}

function fields(values: readonly unknown[], { name, offset }: Field, { allowMissingKeys }: SelectOptions): readonly unknown[] {
  const found = values.filter(isMapping).flatMap((value) => (Object.hasOwn(value, name) ? [fieldOf(value, name)] : []));
  if (found.length === 0 && values.length > 0 && !allowMissingKeys) throw new TemplateFault(`there is no field "${name}"`, offset);
  return found;
}

function children(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isMapping(value) ? sortedEntries(value).map(([, child]) => child) : [];
}

/** The value itself comes first. Values that hold nothing (numbers, booleans, null, empty texts and lists) are left out. */
function descendants(value: unknown): readonly unknown[] {
  const inside = children(value);
  const holds = inside.length > 0 || (typeof value === 'string' && value !== '');
  return [...(holds ? [value] : []), ...inside.flatMap(descendants)];
}

/** Null has no items; anything else that is not a list is a fault. */
function items(value: unknown, step: Items): readonly unknown[] {
  return value === null ? [] : selectItems(listOf(value, step), step);
}

function listOf(value: unknown, { offset }: Items | Filter): readonly unknown[] {
  if (!Array.isArray(value)) throw new TemplateFault('the value in front of the brackets is not a list', offset);
  return value;
}

function passes(item: unknown, filter: Filter, options: SelectOptions): boolean {
  const { left, comparison, offset } = filter;
  if (comparison === undefined) return select([item], left, { allowMissingKeys: true }).length > 0;
  const sides = [left, comparison.right].map((steps) => select([item], steps, options));
  if (sides.some((side) => side.length > 1)) throw new TemplateFault('a filter can compare one value at a time', offset);
  if (sides.some((side) => side.length === 0)) return false;
  const [[leftValue] = [], [rightValue] = []] = sides;
  const result = compare(leftValue, comparison.operator, rightValue);
  if ('fault' in result) throw new TemplateFault(result.fault, offset);
  return result.holds;
}
