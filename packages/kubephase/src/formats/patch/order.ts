/** Order of a merged list: the patch's items keep its order, the others that of the object, woven together. */

export interface Weave {
  /** All items, each once. */
  readonly merged: readonly unknown[];
  /** Identities in the order that the patch wants. */
  readonly wanted: readonly unknown[];
  /** Identities in the order of the object before the patch. */
  readonly before: readonly unknown[];
  readonly identity: (item: unknown) => unknown;
}

/**
 * Items that the patch names keep the order of the patch, the rest keeps the order of the object. An item of the
 * object comes before an item of the patch only where the object had both in this order; so new items come first.
 */
export function weave({ merged, wanted, before, identity }: Weave): readonly unknown[] {
  const place = (order: readonly unknown[], item: unknown): number => order.indexOf(identity(item));
  const sorted = (items: readonly unknown[], order: readonly unknown[]) => items.toSorted((a, b) => place(order, a) - place(order, b));
  const named = sorted(
    merged.filter((item) => place(wanted, item) >= 0),
    wanted,
  );
  const others = sorted(
    merged.filter((item) => place(wanted, item) < 0),
    before,
  );
  const result: unknown[] = [];
  for (const item of others) {
    while (named[0] !== undefined && !comesFirst(place(before, item), place(before, named[0]))) result.push(named.shift());
    result.push(item);
  }
  return [...result, ...named];
}

function comesFirst(left: number, right: number): boolean {
  return left >= 0 && right >= 0 && left < right;
}
