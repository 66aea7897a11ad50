/** What Go's templates make of values: which are true, how they are printed and compared, and what is inside them. */
import { fieldOf, isMapping, sortedEntries } from '../data/mapping.ts';
import { printNumber, TemplateFault } from '../go-text.ts';

/** Zero, null, empty texts, lists and objects, and what is missing, are false. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isMapping(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** Prints an item by the rules of a verb; the default is `%v`. */
type PrintScalar = (value: string | number | boolean) => string;

/** Returns `value` as Go's `%v` prints it: `[a b]`, `map[k:v]` with sorted keys, and `<nil>`. */
export function printValue(value: unknown, printScalar: PrintScalar = printPlain): string {
  if (value === undefined || value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map((item) => printValue(item, printScalar)).join(' ')}]`;
  if (!isMapping(value)) return printScalar(value as string | number | boolean);
  const members = sortedEntries(value).map(([key, item]) => `${printScalar(key)}:${printValue(item, printScalar)}`);
  return `map[${members.join(' ')}]`;
}

function printPlain(value: string | number | boolean): string {
  return typeof value === 'number' ? printNumber(value) : String(value);
}

/** How faults and `printf` call the kind of a value. */
export function kindOf(value: unknown): 'nil' | 'list' | 'map' | 'string' | 'int' | 'float64' | 'bool' {
  if (value === undefined || value === null) return 'nil';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'bool' : 'map';
}

/**
 * True when both are the same scalar. What is missing or null equals only its like.
 * Whole and broken numbers are compared as numbers, which Go refuses.
 */
export function equals(first: unknown, second: unknown, offset: number): boolean {
  const [left, right] = [comparable(first, offset), comparable(second, offset)];
  if (left !== null && right !== null) checkSameType(left, right, offset);
  return left === right;
}

/** True when `first` is the smaller number, or the text that comes first. */
export function isLess(first: unknown, second: unknown, offset: number): boolean {
  const [left, right] = [comparable(first, offset), comparable(second, offset)];
  if (left === null || right === null || typeof left === 'boolean' || typeof right === 'boolean') {
    throw new TemplateFault('only numbers and texts have an order', offset);
  }
  checkSameType(left, right, offset);
  return left < right;
}

type Comparable = string | number | boolean | null;

function comparable(value: unknown, offset: number): Comparable {
  const kind = kindOf(value);
  if (kind === 'list' || kind === 'map') throw new TemplateFault(`a ${kind} cannot be compared`, offset);
  return (value ?? null) as Comparable;
}

function checkSameType(left: unknown, right: unknown, offset: number): void {
  if (typeof left !== typeof right) throw new TemplateFault(`a ${typeof left} cannot be compared with a ${typeof right}`, offset);
}

/** Items of a list, members of an object or bytes of a text; positions in texts count bytes too, as in Go. */
export function lengthOf(value: unknown, offset: number): number {
  if (isMapping(value)) return Object.keys(value).length;
  const sequence = sequenceOf(value);
  if (sequence === undefined) throw new TemplateFault(`len has no meaning for ${kindOf(value)}`, offset);
  return sequence.length;
}

/** The item or member at `key`; a member that does not exist is undefined, an item that does not exist a fault. */
export function indexValue(value: unknown, key: unknown, offset: number): unknown {
  if (isMapping(value)) {
    if (typeof key !== 'string') throw new TemplateFault(`index needs a text to find a member of an object, not ${kindOf(key)}`, offset);
    return fieldOf(value, key);
  }
  const sequence = sequenceOf(value);
  if (sequence === undefined) throw new TemplateFault(`index has no meaning for ${kindOf(value)}`, offset);
  return sequence[position(key, sequence.length - 1, offset)];
}

/** True when all of `keys` lead to a value that is not null. Nothing is a fault. */
export function exists(value: unknown, keys: readonly unknown[]): boolean {
  const found = keys.reduce((inside, key) => {
    if (isMapping(inside)) return typeof key === 'string' ? fieldOf(inside, key) : undefined;
    return Number.isInteger(key) ? sequenceOf(inside)?.[key as number] : undefined;
  }, value);
  return found !== undefined && found !== null;
}

/** Part of a list or text. A third bound, the capacity in Go, changes nothing here. */
export function sliceValue(value: unknown, bounds: readonly unknown[], offset: number): unknown {
  const sequence = sequenceOf(value);
  if (sequence === undefined) throw new TemplateFault(`slice has no meaning for ${kindOf(value)}`, offset);
  const [from = 0, to = sequence.length, ...more] = bounds.map((bound) => position(bound, sequence.length, offset));
  if (typeof value === 'string' && more.length > 0) throw new TemplateFault('slice takes two bounds for a text', offset);
  if (from > to) throw new TemplateFault(`the slice begins at ${from}, behind its end ${to}`, offset);
  const part = sequence.slice(from, to);
  return Buffer.isBuffer(part) ? part.toString() : part;
}

function sequenceOf(value: unknown): readonly unknown[] | Buffer | undefined {
  if (typeof value === 'string') return Buffer.from(value);
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

function position(value: unknown, last: number, offset: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new TemplateFault(`the position in a list is a whole number, not ${kindOf(value)}`, offset);
  }
  if (value < 0 || value > last) throw new TemplateFault(`the list has no position ${value}`, offset);
  return value;
}
