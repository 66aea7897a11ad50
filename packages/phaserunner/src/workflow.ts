/** A workflow: one literal, ordered list of phases with its name and flags. */
import type { Flag } from './flags.ts';
import type { Phase } from './phase.ts';

/** `C` is the type of the context that every phase gets; `F` are the names of the flags. */
export interface Workflow<C = unknown, F extends string = string> {
  /** Words of the command, such as `init` or `upgrade apply`. */
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  /** Every flag that phases may name. */
  readonly flags?: Readonly<Record<F, Flag>>;
  readonly phases: readonly Phase<C, F>[];
}
