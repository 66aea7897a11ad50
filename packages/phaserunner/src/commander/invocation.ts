/** Describes an invocation to the application. */
import type { FlagValues } from '../flags.ts';
import { ProblemError } from '../problems.ts';
import { flatten, type FlatPhase } from '../tree.ts';
import type { Invocation } from './binding.ts';
import type { Bound, Invoked } from './bound.ts';
import type { Choice } from './choice.ts';
import { wordsOf } from './names.ts';
import type { GivenFlags } from './options.ts';
import { commandFlags } from './phase-flags.ts';
import { surroundingsFor } from './surroundings.ts';
import { shellText } from './text.ts';

/** What is known when a command was invoked. */
export interface InvocationParts {
  readonly given: GivenFlags;
  readonly choice: Choice;
  readonly signal: AbortSignal;
}

/** Returns the description. */
export function describeInvocation<C, F extends string>(
  { bound, command, place }: Invoked<C, F>,
  { given, choice, signal }: InvocationParts,
): Invocation {
  const { flags, defined } = given;
  return {
    workflow: bound.workflow.name,
    words: wordsOf(command),
    ...(place.kind === 'phase' ? { phase: place.path } : {}),
    args: choice.args,
    flags,
    defined,
    selection: choice.parts,
    output: outputOf(flags),
    verbosity: Number(flags['v'] ?? 0),
    signal,
    io: surroundingsFor(command).io,
  };
}

/** Value of `--output`. */
export function outputOf(flags: FlagValues): string {
  const { output } = flags;
  return typeof output === 'string' ? output : 'text';
}

/**
 * Narrows what `phase` takes, the flags of all phases, to those of the phases `chosen`.
 * @throws ProblemError `FLAG_UNKNOWN` for given flags that none of them takes
 */
export function narrowFlags<C, F extends string>(bound: Bound<C, F>, given: GivenFlags, chosen: readonly FlatPhase[]): GivenFlags {
  const names = (places: readonly FlatPhase[]): ReadonlySet<string> => new Set(commandFlags(bound, places).map(({ name }) => name));
  const ofPhases = names(flatten(bound.workflow));
  const ofChosen = names(chosen);
  const isTaken = (name: string): boolean => !ofPhases.has(name) || ofChosen.has(name);
  const unused = Object.keys(given.flags).filter((name) => !isTaken(name));
  if (unused.length > 0) {
    const paths = chosen.map(({ path }) => path);
    throw new ProblemError(
      unused.map((name) => ({
        code: 'FLAG_UNKNOWN',
        summary: shellText.flagUnused(`--${name}`, paths),
        remedy: shellText.leaveOut(`--${name}`),
        where: { object: `--${name}` },
      })),
    );
  }
  return { flags: given.flags, defined: new Set([...given.defined].filter(isTaken)) };
}
