/** What an invocation is: its flags and selection, as the application gets them, or the list and picture of the phases. */
import { defaultsOf, type FlagValues } from '../flags.ts';
import type { GraphFormat } from '../graph.ts';
import { ProblemError } from '../problems.ts';
import { flatten, type FlatPhase } from '../tree.ts';
import { documentNames, type Bound, type Invocation, type Invoked } from './binding.ts';
import type { Choice } from './choice.ts';
import { columns, phaseRows } from './help-rows.ts';
import type { GivenFlags } from './given-flags.ts';
import { wordsOf } from './options.ts';
import { commandFlags } from './workflow-flags.ts';
import { printDocument } from './show.ts';
import { surroundingsFor } from './surroundings.ts';
import { shellText } from './text.ts';

/** What is known when a command was invoked. */
interface InvocationParts {
  readonly given: GivenFlags;
  readonly choice: Choice;
  readonly signal: AbortSignal;
}

/** Returns the description. */
export function describeInvocation<C, F extends string, V>(
  { bound, command, place }: Invoked<C, F, V>,
  { given, choice, signal }: InvocationParts,
): Invocation<V> {
  const { flags, defined } = given;
  // The type of the values is that of the table: what was given has passed its row, and the rest are its defaults.
  const values = { ...defaultsOf(bound.workflow.flags ?? {}), ...flags } as V;
  return {
    workflow: bound.workflow.name,
    words: wordsOf(command),
    ...(place.kind === 'phase' ? { phase: place.path } : {}),
    args: choice.args,
    flags: values,
    given: flags,
    defined,
    selection: choice.parts,
    output: outputOf(flags),
    verbosity: verbosityOf(flags),
    signal,
    io: surroundingsFor(command).io,
  };
}

/** @throws ProblemError `FLAG_CONFLICT` for less and more at once */
function verbosityOf(flags: FlagValues): number {
  const verbosity = Number(flags['v'] ?? 0);
  if (flags['quiet'] !== true) return verbosity;
  if (verbosity <= 0) return -1;
  throw new ProblemError({
    code: 'FLAG_CONFLICT',
    summary: shellText.flagConflict('--quiet', '-v'),
    remedy: shellText.leaveOneOut,
    where: { object: '--quiet' },
  });
}

/** Value of `--output`. */
function outputOf(flags: FlagValues): string {
  const { output } = flags;
  return typeof output === 'string' ? output : 'text';
}

/**
 * Narrows what `phase` takes, the flags of all phases, to those of the phases `chosen`.
 * @throws ProblemError `FLAG_UNKNOWN` for given flags that none of them takes
 */
export function narrowFlags<C, F extends string, V>(bound: Bound<C, F, V>, given: GivenFlags, chosen: readonly FlatPhase[]): GivenFlags {
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

/** Lines of a list are not wrapped: one line a phase is what `grep` expects. */
const unlimited = Number.MAX_SAFE_INTEGER;

/** Prints the list or the picture that `flags` ask for; returns false when they ask for neither. */
export async function inspect<C, F extends string, V>({ bound, command }: Invoked<C, F, V>, flags: FlagValues): Promise<boolean> {
  const { io } = surroundingsFor(command);
  const { workflow } = bound;
  const graph = flags['graph'];
  if (graph !== undefined) {
    const { renderGraph } = await import('../graph.ts');
    io.stdout.write(renderGraph(workflow, graph as GraphFormat));
    return true;
  }
  if (flags['list'] !== true) return false;
  const output = outputOf(flags);
  if (documentNames(bound.binding).includes(output)) {
    const { describeWorkflow } = await import('../describe.ts');
    await printDocument(bound.binding, { output, io }, () => describeWorkflow(workflow));
  } else {
    io.stdout.write(`${columns(phaseRows(workflow), unlimited).join('\n')}\n`);
  }
  return true;
}
