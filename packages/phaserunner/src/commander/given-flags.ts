/** Reads the flags that a command was given. */
import type { Command } from 'commander';
import type { FlagValue, FlagValues } from '../flags.ts';
import { ProblemError, type Problem } from '../problems.ts';
import { flagOf, optionsOf } from './options.ts';
import { surroundingsFor } from './surroundings.ts';
import { shellText } from './text.ts';
import { parseFlagValue } from './values.ts';

/** What is known about the flags of an invoked command. */
export interface GivenFlags {
  /** Values of the flags that were given, by long name. */
  readonly flags: FlagValues;
  /** Names of all flags, given or not. */
  readonly defined: ReadonlySet<string>;
}

/**
 * Reads the flags that `command` was given, those of its parents included, and warns of deprecated ones.
 * @throws ProblemError `FLAG_VALUE_INVALID`, one problem for each wrong value
 */
export function readFlags(command: Command): GivenFlags {
  const flags: Record<string, FlagValue> = {};
  const defined = new Set<string>();
  const problems: Problem[] = [];
  for (const { option, owner } of optionsOf(command)) {
    const flag = flagOf(option);
    const name = flag?.name ?? option.name();
    const given: unknown = owner.getOptionValue(option.attributeName());
    defined.add(name);
    if (owner.getOptionValueSource(option.attributeName()) !== 'cli') continue;
    // Options that the application made itself have been read by commander.
    const parsed = flag === undefined ? { value: given as FlagValue } : parseFlagValue(flag, given as readonly string[]);
    if ('problems' in parsed) problems.push(...parsed.problems);
    else flags[name] = parsed.value;
    if (flag?.deprecated !== undefined) surroundingsFor(command).io.stderr.write(shellText.deprecatedFlag(name, flag.deprecated));
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return { flags, defined };
}
