/** What Go's templates make of values: which are true, and how they are printed. */
import { isMapping, sortedEntries } from '../data/mapping.ts';
import { printNumber } from '../go-text/number.ts';

/** Zero, null, empty texts, lists and objects, and what is missing, are false. */
export function isTrue(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isMapping(value) ? Object.keys(value).length > 0 : Boolean(value);
}

/** Prints an item by the rules of a verb; the default is `%v`. */
export type PrintScalar = (value: string | number | boolean) => string;

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
