/** The flags and arguments of phases, and of several phases together. */
import type { Flag, FlagValues } from '../flags.ts';
import type { Argument, Phase } from '../phase.ts';
import type { FlatPhase } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import type { Bound } from './bound.ts';

/** Flags that `places` take, each once: rows of the workflow where a phase names them, else the phase's own. */
export function flagsOf(workflow: Workflow<never>, places: readonly FlatPhase[]): readonly Flag[] {
  const rows: Readonly<Record<string, Flag | undefined>> = workflow.flags ?? {};
  const flags = new Map<string, Flag>();
  for (const flag of places.flatMap(({ phase }) => phase.flags ?? [])) {
    const row = typeof flag === 'string' ? rows[flag] : flag;
    if (row !== undefined && !flags.has(row.name)) flags.set(row.name, row);
  }
  return [...flags.values()];
}

/** Flags of the command for `places`: theirs, and those that the command of every phase has. */
export function commandFlags<C, F extends string>({ workflow, binding }: Bound<C, F>, places: readonly FlatPhase[]): readonly Flag[] {
  const flags = flagsOf(workflow, places);
  const names = new Set(flags.map(({ name }) => name));
  const rows: Readonly<Record<string, Flag | undefined>> = workflow.flags ?? {};
  return [...flags, ...(binding.phaseFlags ?? []).flatMap((name) => (names.has(name) ? [] : (rows[name] ?? [])))];
}

/** Positional arguments that `places` take, each name once; a variadic one comes last. */
export function argumentsOf(places: readonly FlatPhase[]): readonly Argument[] {
  const args = new Map<string, Argument>();
  for (const argument of places.flatMap(({ phase }) => phase.args ?? [])) {
    if (!args.has(argument.name)) args.set(argument.name, argument);
  }
  return [...args.values()].sort((one, other) => Number(one.variadic === true) - Number(other.variadic === true));
}

/** `given` with the defaults of the flags that phases bring themselves, for those not given. */
export function withOwnDefaults(places: readonly FlatPhase[], given: FlagValues): FlagValues {
  const defaults = ownFlags(places.map(({ phase }) => phase)).flatMap((flag) =>
    flag.default === undefined ? [] : [[flag.name, flag.default] as const],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

/** Flags that `phases` bring themselves. */
export function ownFlags(phases: readonly Phase<never>[]): readonly Flag[] {
  return phases.flatMap(({ flags = [] }) => flags.filter((flag) => typeof flag !== 'string'));
}
