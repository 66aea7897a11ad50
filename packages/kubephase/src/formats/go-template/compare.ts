/** Comparisons of template functions. */
import { TemplateFault } from '../go-text/fault.ts';
import { kindOf } from './value.ts';

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
