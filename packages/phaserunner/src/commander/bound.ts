/** A workflow on its way through the command line. */
import type { Command } from 'commander';
import type { Workflow } from '../workflow.ts';
import type { Binding } from './binding.ts';

/** The command that a workflow was bound to. `workflow` is replaced once when extra phases were loaded. */
export interface Bound<C, F extends string> {
  readonly command: Command;
  readonly binding: Binding<C, F>;
  workflow: Workflow<C, F>;
}

/** The command that was invoked, with its place among the commands of the workflow. */
export interface Invoked<C, F extends string> {
  readonly bound: Bound<C, F>;
  readonly command: Command;
  readonly place:
    | { readonly kind: 'main' }
    /** `phase` itself, which takes paths as arguments. */
    | { readonly kind: 'phases' }
    /** The sub-command of one phase. */
    | { readonly kind: 'phase'; readonly path: string };
}

/** Output formats that print one document at the end, by name. */
export function documentNames<C, F extends string>(binding: Binding<C, F>): readonly string[] {
  return [...new Set(['json', ...Object.keys(binding.documents ?? {})])];
}
