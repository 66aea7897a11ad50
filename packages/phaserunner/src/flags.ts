/** Flags as data: read by the command line, by help and by completion without running any work. */

/** The types of flag values. `duration` is Go's notation, such as `1h30m`. */
export type FlagType = 'string' | 'boolean' | 'integer' | 'duration' | 'list' | 'map';

/** A parsed flag value: text, switch, number, list (`a,b` or repeated) or map (`k=v,k2=v2`). */
export type FlagValue = string | boolean | number | readonly string[] | Readonly<Record<string, string>>;

/** One flag, without the name under which a table has it. */
export interface FlagRow {
  /** One letter, without the dash. */
  readonly short?: string;
  readonly type: FlagType;
  /** One line for help; names the unit and the allowed values. */
  readonly description: string;
  /** Shown in help and used when the flag is not given. Leave it out for "empty". */
  readonly default?: FlagValue;
  /** Word for the value in help, such as `FILE`. Derived from the type when absent. */
  readonly placeholder?: string;
  /** The only accepted values, also offered by completion. */
  readonly choices?: readonly string[];
  /** Left out of help and completion, still accepted. */
  readonly hidden?: boolean;
  /** Still accepted; using it prints this notice. */
  readonly deprecated?: string;
  /** The value must not end up in logs: hints that repeat the command line name a variable of the shell in its place. */
  readonly secret?: boolean;
  /**
   * Decides what one command does or shows, such as a dry run, rather than what it works with: a hint with another command, one
   * that mends something, does not repeat it.
   */
  readonly oneOff?: boolean;
}

/** One flag. Defined once; commands and phases refer to it by name. */
export interface Flag extends FlagRow {
  /** Long name without dashes, lower case with dashes between words. */
  readonly name: string;
}

/** Flags by name. */
export type FlagTable = Readonly<Record<string, Flag>>;

/** Values of flags by name. */
export type FlagValues = Readonly<Record<string, FlagValue | undefined>>;

/**
 * Returns `rows` as flags that have the names of their keys. What is literal stays literal in the type, so that values can be typed.
 *
 * @example
 * const flags = defineFlags({ cups: { type: 'integer', default: 2, description: 'Number of cups' } });
 */
export function defineFlags<const T extends Readonly<Record<string, FlagRow>>>(rows: T & FittingDefaults<T>): NamedFlags<T> {
  const table: Readonly<Record<string, FlagRow>> = rows;
  return Object.fromEntries(
    Object.entries(table).map(([name, row]) => [name, Object.freeze({ ...row, name })]),
  ) as unknown as NamedFlags<T>;
}

/** Rows whose defaults are values of the flag itself. Their names are the keys. */
type FittingDefaults<T extends Readonly<Record<string, FlagRow>>> = {
  readonly [N in keyof T]: { readonly default?: ValueOf<T[N]>; readonly name?: never };
};

type NamedFlags<T> = { readonly [N in keyof T & string]: T[N] & { readonly name: N } };

interface ValueByType {
  readonly string: string;
  readonly boolean: boolean;
  readonly integer: number;
  readonly duration: string;
  readonly list: readonly string[];
  readonly map: Readonly<Record<string, string>>;
}

type ValueOf<R extends FlagRow> = R extends { readonly type: 'string'; readonly choices: readonly (infer Word)[] }
  ? Word
  : ValueByType[R['type']];

/** Type of the values of the flags in a table: a flag with a default always has one. */
export type ValuesOf<T extends FlagTable> = {
  readonly [N in keyof T]: T[N] extends { readonly default: FlagValue } ? ValueOf<T[N]> : ValueOf<T[N]> | undefined;
};

/** The defaults of the flags in `table`, by name. */
export function defaultsOf(table: FlagTable): FlagValues {
  return Object.fromEntries(Object.values(table).flatMap((flag) => (flag.default === undefined ? [] : [[flag.name, flag.default]])));
}
