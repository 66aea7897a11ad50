/** Applies a JSONPath template to an object. */
import { fieldOf, isMapping, sortedEntries } from '../data/mapping.ts';
import { printGoJson, printNumber, TemplateFault } from '../go-text.ts';
import type { Field, Filter, Items, Operator, Step, Template } from './tree.ts';

export interface JsonPathOptions extends SelectOptions {
  /** True prints a JSON list for every text and every action, instead of values with blanks between them. */
  readonly asJson: boolean;
}

/** JSON of Kubernetes tools is indented by four blanks. */
const jsonIndent = 4;

/**
 * Returns what `template` prints for `data`, plain JSON data; without a newline at the end, except as JSON.
 * @throws TemplateFault
 */
export function printJsonPath(template: Template, data: unknown, options: JsonPathOptions): string {
  const printValues = options.asJson ? printJsonList : printTexts;
  const printed = template.map((part) => {
    if (part.kind === 'text') return printValues([part.text]);
    const values = select([data], part.steps, options);
    if (part.kind === 'print') return printValues(values);
    return values.map((value) => printJsonPath(part.body, value, options)).join('');
  });
  return printed.join('');
}

function printJsonList(values: readonly unknown[]): string {
  return `${printGoJson(values, { indent: jsonIndent, sortKeys: true })}\n`;
}

function printTexts(values: readonly unknown[]): string {
  return values.map(printText).join(' ');
}

function printText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? printNumber(value) : printGoJson(value, { indent: 0, sortKeys: true });
}

interface SelectOptions {
  /** False makes a field that no value has a fault. */
  readonly allowMissingKeys: boolean;
}

/**
 * Returns the values found, in the order of lists and of the alphabet.
 * @throws TemplateFault
 */
function select(values: readonly unknown[], steps: readonly Step[], options: SelectOptions): readonly unknown[] {
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

/**
 * Returns the items that `range` means. Unlike a missing field, an index outside the list is always a fault.
 * @throws TemplateFault
 */
function selectItems(list: readonly unknown[], range: Items): readonly unknown[] {
  const { from, to, step } = bounds(list.length, range);
  if (from === to) return [];
  for (const index of [from, to - 1]) {
    if (index < 0 || index >= list.length) throw outside(index, list.length, range);
  }
  if (from > to) throw new TemplateFault(`the slice begins at ${from}, behind its end ${to}`, range.offset);
  if (step <= 0) throw new TemplateFault('the step of a slice has to be positive', range.offset);
  return list.slice(from, to).filter((_item, index) => index % step === 0);
}

interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

function bounds(length: number, { from, to, step, single }: Items): Bounds {
  const start = fromStart(from ?? 0, length);
  const end = single ? start + 1 : fromStart(to ?? length, length);
  return { from: start, to: end, step: step ?? 1 };
}

function fromStart(index: number, length: number): number {
  return index < 0 ? index + length : index;
}

function outside(index: number, length: number, range: Items): TemplateFault {
  return new TemplateFault(`the list has ${length} items, numbered from 0, and none at ${index}`, range.offset);
}

type Scalar = string | number | boolean;

/** Whether an order (negative, zero, positive) satisfies the operator. */
const satisfies: Readonly<Record<Operator, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

type Comparison = { readonly holds: boolean } | { readonly fault: string };

/** Compares two values of the same kind; of booleans only equality is known. */
function compare(left: unknown, operator: Operator, right: unknown): Comparison {
  if (!isScalar(left) || !isScalar(right)) return { fault: 'only texts, numbers and booleans can be compared' };
  if (typeof left !== typeof right) return { fault: `a ${typeof left} cannot be compared with a ${typeof right}` };
  if (typeof left === 'boolean' && operator !== '==' && operator !== '!=') return { fault: `booleans have no order, so no ${operator}` };
  const order = left === right ? 0 : left < right ? -1 : 1;
  return { holds: satisfies[operator](order) };
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
