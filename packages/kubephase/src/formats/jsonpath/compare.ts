/** Compares the two sides of a filter. */
import type { Operator } from './tree.ts';

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

export type Comparison = { readonly holds: boolean } | { readonly fault: string };

/** Compares two values of the same kind; of booleans only equality is known. */
export function compare(left: unknown, operator: Operator, right: unknown): Comparison {
  if (!isScalar(left) || !isScalar(right)) return { fault: 'only texts, numbers and booleans can be compared' };
  if (typeof left !== typeof right) return { fault: `a ${typeof left} cannot be compared with a ${typeof right}` };
  if (typeof left === 'boolean' && operator !== '==' && operator !== '!=') return { fault: `booleans have no order, so no ${operator}` };
  const order = left === right ? 0 : left < right ? -1 : 1;
  return { holds: satisfies[operator](order) };
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
