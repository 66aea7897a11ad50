/** Functions of templates that look into lists, objects and texts. Lengths and indexes of texts count bytes, as in Go. */
import { fieldOf, isMapping } from '../data/mapping.ts';
import { TemplateFault } from '../go-text/fault.ts';
import { kindOf } from './value.ts';

/** Items of a list, members of an object or bytes of a text. */
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
