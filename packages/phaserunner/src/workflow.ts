/** A workflow: one literal, ordered list of phases with its name and flags. */
import type { Flag } from './flags.ts';
import type { Phase } from './phase.ts';

declare const values: unique symbol;

/** `C` is the type of the context that every phase gets, `F` are the names of the flags, `V` is the type of their values. */
export interface Workflow<C = unknown, F extends string = string, out V = unknown> {
  /** Words of the command, such as `init` or `upgrade apply`. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  /** Every flag that phases may name: workflows with phases in common share this table. */
  readonly flags?: Readonly<Record<F, Flag>>;
  /** Those that this command has; a phase that names another one does without it. Default: all. */
  readonly offers?: readonly F[];
  readonly phases: readonly Phase<C, F>[];
  /** For the type only; never set. */
  readonly [values]?: V;
}

/** Whether the command of `workflow` has the flag `name` of its table. */
export function isOffered({ flags = {}, offers }: Workflow<never>, name: string): boolean {
  return Object.hasOwn(flags, name) && (offers?.includes(name) ?? true);
}

/** Flags that `phase` takes in `workflow`: those of its own, and the named ones that the workflow offers. */
export function flagsOfPhase(workflow: Workflow<never>, { flags = [] }: Phase<never>): readonly Flag[] {
  const rows: Readonly<Record<string, Flag | undefined>> = workflow.flags ?? {};
  return flags.flatMap((flag) => (typeof flag !== 'string' ? [flag] : isOffered(workflow, flag) ? (rows[flag] ?? []) : []));
}
