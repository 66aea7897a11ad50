/** Which phases a command line selects, and which of its words are arguments of phases. */
import { ProblemError, type Problem } from '../problems.ts';
import { allWord, isProblem, resolveName } from '../resolve.ts';
import { selectPhases, type SelectionPart } from '../select.ts';
import { flatten, type FlatPhase } from '../tree.ts';
import type { FlagValue, FlagValues } from '../flags.ts';
import type { Argument } from '../phase.ts';
import type { Workflow } from '../workflow.ts';
import type { Invoked } from './binding.ts';
import { fullName } from './options.ts';
import { argumentsOf } from './workflow-flags.ts';
import { shellText } from './text.ts';
import { excessProblem } from './usage-error.ts';

/** What the words of one invocation mean. */
export interface Choice {
  readonly parts: readonly SelectionPart[];
  /** Positional arguments. */
  readonly args: readonly string[];
}

/**
 * Reads the selection of `invoked` from its place, its arguments and its flags, for `workflow`.
 * @throws ProblemError for arguments that are neither phases nor taken by the selected phases, all together
 */
export function readChoice<C, F extends string, V>(invoked: Invoked<C, F, V>, workflow: Workflow<C, F, V>, flags: FlagValues): Choice {
  const { command, place } = invoked;
  const operands = command.args;
  const rest = flagParts(flags);
  if (place.kind === 'phases') return readPaths({ invoked, workflow, rest }, operands);
  refuseExcess(invoked, workflow, operands);
  if (place.kind === 'main') return { parts: rest, args: operands };
  // `--only` names phases inside of the one whose command this is, and takes its place.
  const parts = rest.some(({ only }) => only !== undefined) ? rest : [{ origin: fullName(command), only: [place.path] }, ...rest];
  return { parts, args: operands };
}

/**
 * Returns `flags` with the full paths of the phases that they select. On the command of a phase their names are restricted to what is
 * below that phase, and may be written as they are called there.
 * @throws ProblemError `PHASE_UNKNOWN` and `PHASE_AMBIGUOUS` for all wrong names together
 */
export function withFullPaths<C, F extends string, V>(
  { place }: Invoked<C, F, V>,
  workflow: Workflow<C, F, V>,
  flags: FlagValues,
): FlagValues {
  if (place.kind !== 'phase') return flags;
  const problems: Problem[] = [];
  const full = (name: string, origin: string): string => {
    const answer = resolveName(workflow, { name, origin, within: place.path });
    if (!isProblem(answer)) return answer.path;
    problems.push(answer);
    return name;
  };
  const entries = Object.keys(fields).flatMap((name): readonly (readonly [string, FlagValue])[] => {
    const value = flags[name];
    if (typeof value === 'string') return [[name, full(value, `--${name}`)]];
    return Array.isArray(value) ? [[name, (value as readonly string[]).map((one) => full(one, `--${name}`))]] : [];
  });
  if (problems.length > 0) throw new ProblemError(problems);
  return { ...flags, ...Object.fromEntries(entries) };
}

/** Phases that the parts select, in execution order. */
export function chosenPhases<C, F extends string, V>(workflow: Workflow<C, F, V>, parts: readonly SelectionPart[]): readonly FlatPhase[] {
  const { paths } = selectPhases(workflow, parts);
  return flatten(workflow).filter(({ path }) => paths.has(path));
}

/** One part for each selection flag. */
function flagParts(flags: FlagValues): readonly SelectionPart[] {
  const parts: SelectionPart[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = flags[name];
    if (value === undefined) continue;
    if (field === 'only') refuseEmpty(`--${name}`, value as readonly string[]);
    parts.push({ origin: `--${name}`, [field]: value });
  }
  return parts;
}

const fields = { only: 'only', 'skip-phases': 'skip', from: 'from', until: 'until' } as const;

/** A list that a script filled with nothing must not run everything. */
function refuseEmpty(flag: string, paths: readonly string[]): void {
  if (paths.length > 0) return;
  throw new ProblemError({
    code: 'FLAG_VALUE_INVALID',
    summary: shellText.selectionEmpty(flag),
    remedy: shellText.nameOne(flag),
    where: { object: flag },
  });
}

interface PathsInput<C, F extends string, V> {
  readonly invoked: Invoked<C, F, V>;
  readonly workflow: Workflow<C, F, V>;
  readonly rest: readonly SelectionPart[];
}

/** Words of `phase` that name phases, up to the first that does not; the others are arguments of those phases. */
function readPaths<C, F extends string, V>({ invoked, workflow, rest }: PathsInput<C, F, V>, words: readonly string[]): Choice {
  const { command } = invoked;
  const origin = fullName(command);
  const isPath = (word: string): boolean => word === allWord || !isProblem(resolveName(workflow, { name: word, origin }));
  const end = words.findIndex((word) => !isPath(word));
  const paths = end < 0 ? words : words.slice(0, end);
  const args = words.slice(paths.length);
  // Paths as words and `--only` name phases together, while other parts restrict.
  const named = rest.flatMap(({ only }) => only ?? []);
  const only = [...paths, ...named];
  const parts =
    only.length === 0
      ? rest
      : [{ origin: paths.length === 0 ? '--only' : origin, only }, ...rest.filter((part) => part.only === undefined)];
  if (args.length > mostArguments(argumentsOf(only.length === 0 && rest.length === 0 ? [] : chosenPhases(workflow, parts)))) {
    throw new ProblemError(args.filter((word) => !isPath(word)).map((word) => unknownPhase(workflow, word, origin)));
  }
  return { parts, args };
}

function mostArguments(args: readonly Argument[]): number {
  return args.some(({ variadic }) => variadic === true) ? Infinity : args.length;
}

function unknownPhase<C, F extends string, V>(workflow: Workflow<C, F, V>, word: string, command: string): Problem {
  const answer = resolveName(workflow, { name: word, origin: command });
  const remedy = isProblem(answer) ? answer.remedy : undefined;
  return {
    code: 'COMMAND_UNKNOWN',
    summary: shellText.unknownCommand(word, command),
    where: { object: command },
    ...(remedy === undefined ? {} : { remedy }),
  };
}

function refuseExcess<C, F extends string, V>(invoked: Invoked<C, F, V>, workflow: Workflow<C, F, V>, operands: readonly string[]): void {
  const { bound, command, place } = invoked;
  const accepted = command.registeredArguments;
  if (operands.length <= accepted.length || accepted.at(-1)?.variadic === true) return;
  const problem = excessProblem(command, operands);
  if (place.kind === 'main') {
    const joined = resolveName(workflow, { name: operands.join('/'), origin: '' });
    if (!isProblem(joined)) throw new ProblemError({ ...problem, remedy: shellText.onePhase(fullName(bound.command), joined.path) });
  }
  const others = operands.filter((word) => !isProblem(resolveName(workflow, { name: word, origin: '' })));
  if (others.length === 0) throw new ProblemError(problem);
  const paths = place.kind === 'phase' ? [place.path, ...others] : others;
  throw new ProblemError({ ...problem, remedy: shellText.severalPhases(fullName(bound.command), paths) });
}
