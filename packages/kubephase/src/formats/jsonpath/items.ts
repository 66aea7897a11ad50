/** Finds the items of a list that an index or a slice means. */
import { TemplateFault } from '../go-text/fault.ts';
import type { Items } from './tree.ts';

/**
 * Returns the items that `range` means. Unlike a missing field, an index outside the list is always a fault.
 * @throws TemplateFault
 */
export function selectItems(list: readonly unknown[], range: Items): readonly unknown[] {
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
