/** A workflow: one literal, ordered list of phases with its name and flags. */
import { freezeDeeply } from './freeze.ts';
import type { Flag } from './flags.ts';
import type { Phase } from './phase.ts';
import { ProblemError } from './problems.ts';
import { validateWorkflow } from './validate.ts';

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

/** A workflow whose flag names are taken from `flags`, so that a phase that names another one does not compile. */
type Definition<C, F extends string> = Omit<Workflow<C, F>, 'phases'> & { readonly phases: readonly Phase<C, NoInfer<F>>[] };

/**
 * Returns `definition`, checked and frozen with everything in it.
 *
 * A hidden parent may have visible children: help lists them by their full path and they can be selected by it.
 * @throws ProblemError `WORKFLOW_INVALID`, with one problem for each thing that is wrong
 */
export function defineWorkflow<C, F extends string = never>(definition: Definition<C, F>): Workflow<C, F> {
  const problems = validateWorkflow(definition);
  if (problems.length > 0) throw new ProblemError(problems);
  return freezeDeeply<Workflow<C, F>>(definition);
}
