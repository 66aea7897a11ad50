/** What an application tells the command line about a workflow, and what it is told about each invocation. */
import type { Listener } from '../events.ts';
import type { FlagValues } from '../flags.ts';
import type { Argument } from '../phase.ts';
import type { Notice, RunOptions, RunResult } from '../run.ts';
import type { SelectionPart } from '../select.ts';
import type { Workflow } from '../workflow.ts';
import type { CommandIo } from './surroundings.ts';

/** One invocation of a workflow's command, or of one of its generated sub-commands. */
export interface Invocation {
  /** Name of the workflow. */
  readonly workflow: string;
  /** Words typed, program first and aliases resolved: `['tea', 'brew', 'phase', 'water', 'boil']`. */
  readonly words: readonly string[];
  /** Path of the phase whose sub-command was invoked; absent on the main command and on `phase` itself. */
  readonly phase?: string;
  /** Positional arguments. */
  readonly args: readonly string[];
  /** Values of the flags that were really given, flags of parent commands included. Defaults are not filled in. */
  readonly flags: FlagValues;
  /** Names of all flags that exist on the invoked command, given or not, flags of parent commands included. */
  readonly defined: ReadonlySet<string>;
  /** What the command line selects; empty for everything. */
  readonly selection: readonly SelectionPart[];
  /** Value of `--output`. */
  readonly output: string;
  /** Value of `-v`: 0 prints what a user needs, 1 and up print more. */
  readonly verbosity: number;
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly io: CommandIo;
}

/** What a run needs beside the workflow. */
export interface Prepared<C> {
  readonly context: C;
  /** Further parts of the selection, such as those of a configuration file; every part restricts. */
  readonly selection?: readonly SelectionPart[];
  /** Derives the context of each phase; see `runWorkflow`. */
  readonly scope?: NonNullable<RunOptions<C>['scope']>;
  /** What making the context found worth telling; see `runWorkflow`. */
  readonly notices?: readonly Notice[];
  /** Further listeners, called after the renderer. */
  readonly listeners?: readonly Listener[];
  /** True when actions are only intended: they read "would …". */
  readonly rehearsal?: boolean;
  /** True when standard output is for a result that is piped on: what is told of the run goes to standard error. */
  readonly resultOnly?: boolean;
}

/** Turns a document into the text that is printed for one output format. */
export type DocumentFormat = (document: unknown) => string | Promise<string>;

/** How a workflow is bound to a command. */
export interface Binding<C, F extends string = string> {
  /** Makes the context; called once the command line was found to be right. */
  readonly context: (invocation: Invocation) => Prepared<C> | Promise<Prepared<C>>;
  /** Flags of the workflow that the main command shows. Default: all of them. */
  readonly flags?: readonly F[];
  /**
   * Flags of the workflow that the sub-command of every phase has, whether the phase names them or not: those that the
   * context is made from. Extra phases get them too. Default: none.
   */
  readonly phaseFlags?: readonly F[];
  /** Positional arguments of the main command. Default: none. */
  readonly args?: readonly Argument[];
  /** Text for the section "Examples" of the main command, one command a line; the program's name may be left out. */
  readonly examples?: string;
  /** Returns the workflow that is run, such as one with the extra phases of a configuration file. Names are checked against it. */
  readonly workflow?: (workflow: Workflow<C, F>, invocation: Invocation) => Workflow<C, F> | Promise<Workflow<C, F>>;
  /** Offers `--extra-phases FILE`. Default: true. */
  readonly extraPhases?: boolean;
  /** Further values of `--output` for which one document is printed at the end. `json` is always there. */
  readonly documents?: Readonly<Record<string, DocumentFormat>>;
  /** Makes that document. Default: the result of the run. */
  readonly document?: (result: RunResult, invocation: Invocation) => unknown;
  /** Called after the run and after its output; a number that it returns is the exit code. */
  readonly onEnd?: (result: RunResult, invocation: Invocation) => number | undefined | Promise<number | undefined>;
  /**
   * Flags, those of parent commands included, whose values may be repeated in the hint how to go on; the values of other
   * text flags are left out.
   */
  readonly repeatable?: readonly string[];
}
