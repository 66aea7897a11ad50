/** Flags as data: read by the command line, by help and by completion without running any work. */

/** The types of flag values. `duration` is Go's notation, such as `1h30m`. */
export type FlagType = 'string' | 'boolean' | 'integer' | 'duration' | 'list' | 'map';

/** A parsed flag value: text, switch, number, list (`a,b` or repeated) or map (`k=v,k2=v2`). */
export type FlagValue = string | boolean | number | readonly string[] | Readonly<Record<string, string>>;

/** One flag. Defined once; commands and phases refer to it by name. */
export interface Flag {
  /** Long name without dashes, lower case with dashes between words. */
  readonly name: string;
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
}

/** Values of the flags that were really given, by flag name. Defaults are not filled in. */
export type FlagValues = Readonly<Record<string, FlagValue | undefined>>;
