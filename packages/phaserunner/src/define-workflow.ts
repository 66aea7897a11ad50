/** Makes workflows: checked and frozen. */
import type { Flag, FlagTable, ValuesOf } from './flags.ts';
import type { Phase } from './phase.ts';
import { ProblemError } from './problems.ts';
import { validateWorkflow } from './validate.ts';
import type { Workflow } from './workflow.ts';

/** What `defineWorkflow` takes: names of flags come from the table, so that a phase which names another one does not compile. */
interface Definition<C, T extends FlagTable> extends Omit<Workflow<C>, 'flags' | 'offers' | 'phases'> {
  readonly flags?: T & NamedByKey<T>;
  readonly offers?: readonly (keyof NoInfer<T> & string)[];
  readonly phases: readonly Phase<C, keyof NoInfer<T> & string>[];
}

/** Flags whose names, where they are known, are their keys. */
type NamedByKey<T extends FlagTable> = { readonly [N in keyof T]: { readonly name: string extends T[N]['name'] ? string : N } };

/** A table without rows: its names are `never`, so that phases name no flag. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type
type NoFlags = Readonly<Record<never, Flag>>;

/** The workflow of a definition. */
type Defined<C, T extends FlagTable> = Workflow<C, keyof T & string, ValuesOf<T>>;

/**
 * Returns `definition`, checked and frozen with everything in it.
 *
 * A hidden parent may have visible children: help lists them by their full path and they can be selected by it.
 * @throws ProblemError `WORKFLOW_INVALID`, with one problem for each thing that is wrong
 *
 * @example
 * const brew = defineWorkflow<Coffee, typeof flags>({ name: 'brew', summary: 'Brew coffee', flags, phases: [grind, pour] });
 */
export function defineWorkflow<C, T extends FlagTable = NoFlags>(definition: Definition<C, T>): Defined<C, T> {
  return checkedWorkflow(definition as unknown as Defined<C, T>);
}

/** As `defineWorkflow`, for what is a workflow in all but being checked. */
export function checkedWorkflow<C, F extends string, V>(workflow: Workflow<C, F, V>): Workflow<C, F, V> {
  const problems = validateWorkflow(workflow);
  if (problems.length > 0) throw new ProblemError(problems);
  return freezeDeeply(workflow);
}

/** Freezes `value`, and every array and plain object in it, in place. Instances of classes stay as they are. */
function freezeDeeply<T>(value: T): T {
  const visit = (part: unknown, seen: Set<unknown>): void => {
    if (!isPlain(part) || seen.has(part)) return;
    seen.add(part);
    for (const inner of Object.values(part)) visit(inner, seen);
    Object.freeze(part);
  };
  visit(value, new Set());
  return value;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}
