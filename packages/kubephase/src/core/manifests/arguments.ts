/** Arguments of components: defaults and the user's, merged as kubeadm merges them. */
import type { Argument } from '../../config/types.ts';

export type Defaults = Readonly<Record<string, string | undefined>>;

/**
 * Returns the arguments `--name=value`. Defaults come sorted; a name that the user gives removes the default of that
 * name; the user's follow in their order with duplicates (`appended`), or everything is sorted (`sorted`).
 * Defaults whose value is undefined are left out.
 */
export function mergeArguments(defaults: Defaults, user: readonly Argument[], order: 'appended' | 'sorted'): readonly string[] {
  const given = new Set(user.map((argument) => argument.name));
  const kept = Object.entries(defaults).flatMap(([name, value]) => (value === undefined || given.has(name) ? [] : [{ name, value }]));
  const merged = order === 'sorted' ? [...kept, ...user].sort(byNameAndValue) : [...kept.sort(byNameAndValue), ...user];
  return merged.map(({ name, value }) => `--${name}=${value}`);
}

/** Value of the last argument of that name, or undefined. */
export function lastValue(args: readonly Argument[], name: string): string | undefined {
  return args.findLast((argument) => argument.name === name)?.value;
}

function byNameAndValue(a: Argument, b: Argument): number {
  return compare(a.name, b.name) || compare(a.value, b.value);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
