/** What an application says of a workflow to the command line, and the command that the workflow is bound to. */
import type { Command } from 'commander';
import type { FlagValues } from '../flags.ts';
import type { Argument } from '../phase.ts';
import type { Opening, RunInput, RunResult } from '../run-options.ts';
import type { SelectionPart } from '../select.ts';
import type { Workflow } from '../workflow.ts';
import type { CommandIo, DocumentFormat } from './surroundings.ts';

/** One invocation of a workflow's command, or of one of its generated sub-commands. `V` is the type of the values of its flags. */
export interface Invocation<out V = FlagValues> {
  /** Name of the workflow. */
  readonly workflow: string;
  /** Words typed, program first and aliases resolved: `['tea', 'brew', 'phase', 'water', 'boil']`. */
  readonly words: readonly string[];
  /** Path of the phase whose sub-command was invoked; absent on the main command and on `phase` itself. */
  readonly phase?: string;
  /** Positional arguments. */
  readonly args: readonly string[];
  /** Values of the flags of the workflow, with defaults filled in. */
  readonly flags: V;
  /** Values of the flags that were really given, flags of parent commands included. */
  readonly given: FlagValues;
  /** Names of all flags that exist on the invoked command, given or not, flags of parent commands included. */
  readonly defined: ReadonlySet<string>;
  /** What the command line selects; empty for everything. */
  readonly selection: readonly SelectionPart[];
  /** Value of `--output`. */
  readonly output: string;
  /** Value of `-v`: 0 prints what a user needs, 1 and up print more; -1 with `--quiet`, which prints less. */
  readonly verbosity: number;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly io: CommandIo;
}

/** What is given to `open` beside the invocation. */
export interface Opened<C, F extends string> extends Opening {
  /** The workflow that will run, with the extra phases of the command line. */
  readonly workflow: Workflow<C, F>;
}

/** One run: what it works with, and what is done when it is over. */
export interface Session<C> extends RunInput<C> {
  /** Makes the document for `-o json` and the binding's own formats. Default: the result. */
  readonly document?: (result: RunResult) => unknown;
  /** Called after the run and its output, whatever happened. A number that it returns is the exit code. */
  readonly end?: (result: RunResult) => Ended | Promise<Ended>;
}

/** An exit code, or nothing for the usual one. */
export type Ended = number | undefined | void;

/** How a workflow is bound to a command. */
export interface Binding<C, F extends string = string, V = FlagValues> {
  /** Loads, connects and reads what the run works with, once the command line was found to be right. May take long. */
  readonly open: (invocation: Invocation<V>, opened: Opened<C, F>) => Session<C> | Promise<Session<C>>;
  /** Flags of the workflow that the main command shows. Default: all that it offers. */
  readonly flags?: readonly F[];
  /**
   * Flags of the workflow that the sub-command of every phase has, whether the phase names them or not: those that `open`
   * reads. Extra phases get them too. Default: none.
   */
  readonly phaseFlags?: readonly F[];
  /** Positional arguments of the main command. Default: none. */
  readonly args?: readonly Argument[];
  /** Text for the section "Examples" of the main command, one command a line; the program's name may be left out. */
  readonly examples?: string;
  /**
   * Offers `--extra-phases FILE`, which loads and runs code of the user. Default: false, because a program that runs for
   * somebody else must not.
   */
  readonly extraPhases?: boolean;
  /** True when standard output is for a result that is piped on: what is told of the run then goes to standard error. */
  readonly resultOnly?: (invocation: Invocation<V>) => boolean;
  /** Further values of `--output` for which one document is printed at the end. `json` is always there. */
  readonly documents?: Readonly<Record<string, DocumentFormat>>;
  /** Makes the document of a run that could not be opened, and of sessions that make none. Default: the result. */
  readonly document?: (result: RunResult, invocation: Invocation<V>) => unknown;
}

/** The command that a workflow was bound to. `workflow` is replaced once when extra phases were loaded. */
export interface Bound<C, F extends string, V = never> {
  readonly command: Command;
  readonly binding: Binding<C, F, V>;
  workflow: Workflow<C, F, V>;
}

/** The command that was invoked, with its place among the commands of the workflow. */
export interface Invoked<C, F extends string, V = never> {
  readonly bound: Bound<C, F, V>;
  readonly command: Command;
  readonly place:
    | { readonly kind: 'main' }
    /** `phase` itself, which takes paths as arguments. */
    | { readonly kind: 'phases' }
    /** The sub-command of one phase. */
    | { readonly kind: 'phase'; readonly path: string };
}

/** Output formats that print one document at the end, by name. */
export function documentNames({ documents = {} }: Pick<Binding<never>, 'documents'>): readonly string[] {
  return [...new Set(['json', ...Object.keys(documents)])];
}
