/** The phase: a named unit of work as a plain, frozen object. */
import type { Flag, FlagValues } from './flags.ts';
import type { Problem } from './problems.ts';

/** Something that a phase did, or would do, to the world. Renderers print `summary`; tools read the rest. */
export interface Action {
  /** Stable word for the sort of action, such as `write-file`. */
  readonly kind: string;
  /** One line in the present tense, without the phase path. */
  readonly summary: string;
  /** Further JSON-safe fields. Never holds a secret. */
  readonly [field: string]: unknown;
}

/** What the engine hands to a phase beside its context. */
export interface Task {
  /** Full path of the running phase, such as `certs/ca`. */
  readonly path: string;
  /** Aborted when the run is cancelled or the phase's timeout has passed. Pass it on to every wait. */
  readonly signal: AbortSignal;
  /** One for the first try, counted up by retries. */
  readonly attempt: number;
  /** Values of the flags that this phase brings itself. */
  readonly flags: FlagValues;
  /** Tells the user what happened, one line; the engine adds the phase path. */
  message(text: string): void;
  /**
   * Tells the user what the phase is doing or has done to the world, one line. Silent in a dry run, which does nothing of it: there the
   * actions say what would be done.
   */
  narrate(text: string): void;
  /** Tells the user about something that deserves attention but does not stop the run. */
  warn(text: string): void;
  /** Details for the given verbosity (1 and up). */
  debug(text: string, verbosity?: number): void;
  /** Reports how far a long step is. `total` is left out when it is not known. Silent in a dry run. */
  progress(progress: { readonly label: string; readonly done: number; readonly total?: number }): void;
  /** Records a change to the world, made or (in a dry run) only intended. */
  action(action: Action): void;
}

/** The answer of a condition that does not let its phase run. Made by `skip`. */
export interface Skip {
  readonly skip: string;
}

/** Returns the answer "do not run, because `reason`". */
export function skip(reason: string): Skip {
  return { skip: reason };
}

/** A positional argument of the generated sub-command. */
export interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly variadic?: boolean;
}

/** Something that a phase makes and others build on, such as a file or an object of a cluster. */
export interface Result<in C = never> {
  /** Unique among the results of a workflow, such as `certificate authority ca`. */
  readonly name: string;
  /** What `there` looks for, as the end of "needs … or …", such as `ca.crt on disk`. */
  readonly found: string;
  /** Whether it is there already, from an earlier process or from the user. Looks only. */
  readonly there: (context: C) => boolean | Promise<boolean>;
  /**
   * True when `there` sees what an earlier process made, as it sees a file. It is then asked for also where a run starts behind
   * the maker; without it, whoever gives the start is believed.
   */
  readonly lasting?: boolean;
}

/** A result as one phase needs it. */
export interface NeededResult<in C = never> extends Result<C> {
  /**
   * When the phase can do its work without it: `always`, if it matters only to those who use what the phase makes, or
   * `unless-real`, in a dry run. Then a phase that was asked for by name (`only`) goes on with a
   * warning; a run that merely takes the phase in is refused all the same. Nobody asks for it in a workflow in which no phase makes it.
   */
  readonly dispensable?: 'always' | 'unless-real';
}

/** What has to be there before a phase: a result, whoever makes it in this workflow, or the work of the phase at a full path. */
export type Need<C> = NeededResult<C> | string;

/** Whether a phase, with all its children, belongs to this run at all; the text is shown in help. */
export interface Membership<C> {
  /** The condition in words, as the end of "only …", such as `with a full tank`. */
  readonly only: string;
  readonly test: (context: C) => boolean;
}

/** A membership whose test proves something about the context. See `within`. */
export interface Proof<C, D extends C> extends Omit<Membership<C>, 'test'> {
  readonly test: (context: C) => context is D;
}

/** When a failed phase is tried again. Cancelling ends the waiting. */
export interface RetryPolicy {
  /** Tries in all, the first included; at least 1. */
  readonly attempts: number;
  /** Wait before the second try. */
  readonly delayMs: number;
  /** Each further wait is the previous one times this factor. Default 1. */
  readonly factor?: number;
  /** Asked with the failure; `false` stops at once. Default: always retry. */
  readonly retryable?: (error: unknown) => boolean;
}

/** Why `cleanup` is called. */
export type CleanupReason = 'failed' | 'cancelled' | 'timed-out';

/**
 * What a phase does. The hooks are called in the order in which they stand here. There is always `run`: a phase that only checks or
 * prepares for its children has no work, but these hooks itself.
 */
export interface Work<in C> {
  /** Looks, without writing, for what would make this phase fail. Any answer stops the run before it starts. */
  readonly check?: (context: C) => readonly Problem[] | Promise<readonly Problem[]>;
  /** Starts long work in the background before the first phase runs. Must not change anything. */
  readonly prepare?: (context: C) => void | Promise<void>;
  /** Asked when the phase is reached. Children are asked on their own. */
  readonly when?: (context: C) => true | Skip | Promise<true | Skip>;
  /** The work itself. Children run after it. */
  readonly run: (context: C, task: Task) => void | Promise<void>;
  /**
   * Puts in order what was left behind when the last try did not succeed. A parent whose work ran is asked as well
   * when one of its children did not succeed, the innermost first. Its signal is a fresh one, not the aborted one of
   * the try; it is aborted when the run is cancelled meanwhile. Errors in it are reported, not thrown.
   */
  readonly cleanup?: (context: C, reason: CleanupReason, task: Task) => void | Promise<void>;
}

/** Names of the hooks. */
export const hookNames = ['check', 'prepare', 'when', 'run', 'cleanup'] as const satisfies readonly (keyof Work<unknown>)[];

/**
 * A phase. `C` is the part of a workflow's context that it uses: a phase fits into every workflow
 * whose context has at least that part. Without `run` and `work` it only groups its children. `F` are the names of the flags that it takes from its workflow.
 *
 * Order of the hooks in a run: `include`, `needs`, `work` and `check` of every selected phase, then `prepare` of
 * every selected phase, then for each phase in order `when`, `run` and, if that failed, `cleanup`.
 */
export interface Phase<in C = unknown, out F extends string = string> extends Partial<Work<C>> {
  /** One segment of the path: lower-case letters, digits and dashes. */
  readonly name: string;
  /** Other names, accepted wherever the name is. */
  readonly aliases?: readonly string[];
  /** One line for lists. */
  readonly summary: string;
  /** Long text for the phase's own help. */
  readonly description?: string;
  readonly example?: string;
  /** Left out of help and generated sub-commands; still runs and can be selected by path. */
  readonly hidden?: boolean;
  /** Flags of the generated sub-command: names of the workflow's flags, or flags of the phase's own. */
  readonly flags?: readonly (F | Flag)[];
  readonly args?: readonly Argument[];
  readonly needs?: readonly Need<C>[];
  /** What is there once the phase has run. */
  readonly makes?: readonly Result<C>[];
  readonly include?: Membership<C>;
  /**
   * Loads the hooks when the phase is selected, so that what describes the phase stays words. Takes the place of the hooks
   * of the phase itself; a module whose exports are hooks is one. It always brings `run`, also for a phase with others below it.
   *
   * @example
   * work: () => import('./boil.work.ts')
   */
  readonly work?: () => Promise<Work<C>>;
  /** Longest duration of one try. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
  /** Children, in the order in which they run. */
  readonly phases?: readonly Phase<C, F>[];
}

/** What the hooks and limits of work need: work of the phase's own, work that is loaded, or none of them at all. */
type Consistent = { readonly [H in WorkField]?: unknown } & (
  | { readonly run: object; readonly work?: never }
  | ({ readonly work: object } & { readonly [H in keyof Work<never>]?: never })
  | ({ readonly work?: never } & { readonly [H in WorkField | 'run']?: never })
);

/** Means nothing without work; a reader would think that it is for the children. */
type WorkField = 'when' | 'cleanup' | 'retry' | 'timeoutMs';

/**
 * Returns `phase` as a frozen value. It exists for the type: it fixes the context and the flag names. Without `F`
 * a phase names no flag of its workflow and so fits into any.
 *
 * @example
 * export const phase = definePhase<Pick<InitContext, 'host'>>({ name: 'hello', summary: 'Say hello', run: (_, task) => task.message('hello') });
 */
export function definePhase<C, F extends string = never>(phase: Phase<C, F> & Consistent): Phase<C, F> {
  return Object.freeze(phase);
}

/** Whether the phase has work of its own; others only group their children. */
export function hasWork(phase: Phase<never>): boolean {
  return phase.run !== undefined || phase.work !== undefined;
}
