/** What the configuration adds to the selection of phases. */
import { flatten, isProblemError, selectPhases, type Location, type Notice, type SelectionPart, type Workflow } from 'phaserunner';
import type { Invocation } from 'phaserunner/commander';

/** Makes the configuration and the phases that are skipped agree where both tell of the same thing, such as an add-on. */
export type Switches<Config> = (
  config: Config,
  skippedPaths: readonly string[],
) => {
  readonly config: Config;
  /** Those given, and those that the configuration switches off. */ readonly skippedPaths: readonly string[];
};

export interface SelectionSources<Config> {
  readonly config: Config;
  readonly switches?: Switches<Config> | undefined;
  /** Place of `skipPhases` in the file. */
  readonly place: Location | undefined;
  /** Parts from the command line. */
  readonly commandLine: readonly SelectionPart[];
  /** Phases that a phase command asked for by name; empty for a whole run. */
  readonly named: readonly string[];
}

export interface ConfiguredSelection<Config> {
  /** With the switches of what is skipped turned off, so that upgrades leave it out too. */
  readonly config: Config;
  readonly parts: readonly SelectionPart[];
  readonly notices: readonly Notice[];
}

/**
 * Combines `skipPhases` of the file and the switches of the configuration with the command line. Names to skip on the command line
 * replace those of the file. Phases that a phase command asks for by name run although the file skips them.
 */
export function configuredSelection<Config extends { readonly skipPhases: readonly string[] }>(
  workflow: Workflow<never>,
  { config, switches, place, commandLine, named }: SelectionSources<Config>,
): ConfiguredSelection<Config> {
  const origin = `skipPhases in ${describePlace(place)}`;
  const fromCommandLine = commandLine.flatMap(({ skip = [] }) => skip);
  if (named.length > 0) {
    // Flags set the field too: then there is nothing of the file that would not count.
    const inFile = fromCommandLine.length === 0 && config.skipPhases.length > 0;
    const paths = named.map((name) => pathOf(workflow, name));
    return { config, parts: [], notices: inFile ? [ignored(origin, paths)] : [] };
  }
  const skip = fromCommandLine.length > 0 ? fromCommandLine : config.skipPhases;
  const paths = skip.map((name) => pathOf(workflow, name));
  const switched = switches?.(config, paths) ?? { config, skippedPaths: paths };
  const disabled = switched.skippedPaths.filter((path) => !paths.includes(path));
  return {
    config: switched.config,
    parts: [
      ...(fromCommandLine.length > 0 || skip.length === 0 ? [] : [{ origin, skip }]),
      ...(disabled.length === 0 ? [] : [{ origin: 'add-ons disabled in the configuration', skip: disabled }]),
    ],
    notices: [],
  };
}

/** Path of the phase that `name` means, in any spelling that the engine takes. What it will refuse stays as it is. */
function pathOf(workflow: Workflow<never>, name: string): string {
  try {
    const { decisions } = selectPhases(workflow, [{ origin: name, skip: [name] }]);
    return [...decisions].find(([, { run }]) => !run)?.[0] ?? name;
  } catch (error) {
    if (isProblemError(error)) return name;
    throw error;
  }
}

/** Phases that `init phase …` asks for by name, in its words or with `--only`. */
export function phasesNamed({ phase, words, selection }: Pick<Invocation<unknown>, 'phase' | 'words' | 'selection'>): readonly string[] {
  if (phase !== undefined) return [phase];
  return words.includes('phase') ? selection.flatMap(({ only = [] }) => only) : [];
}

interface RuntimeQuestion {
  /** Parts from the command line. */
  readonly selection: readonly SelectionPart[];
  /** Phases that a phase command asked for by name; empty for a whole run. */
  readonly named: readonly string[];
  /** Phases that take `--cri-socket` and do nothing with the container runtime. */
  readonly without: readonly string[];
}

/** Returns whether a run uses the container runtime, given `skipPhases` of the file: whether a phase that takes its socket is selected. */
export function runtimeUse(
  workflow: Workflow<never>,
  { selection, named, without }: RuntimeQuestion,
): (skipPhases: readonly string[]) => boolean {
  const { paths } = selectPhases(workflow, selection);
  const users = flatten(workflow).filter((place) => paths.has(place.path) && place.phase.flags?.includes('cri-socket'));
  const fileCounts = named.length === 0 && selection.every(({ skip = [] }) => skip.length === 0);
  return (skipPhases) => {
    const left = [...without, ...(fileCounts ? skipPhases.map((name) => pathOf(workflow, name)) : [])];
    return users.some(({ path }) => !left.some((group) => path === group || path.startsWith(`${group}/`)));
  };
}

function ignored(origin: string, named: readonly string[]): Notice {
  return { level: 'info', text: `${origin} does not count here, because ${named.join(', ')} was asked for by name` };
}

function describePlace(place: Location | undefined): string {
  const { file = 'the configuration', line, column = 1 } = place ?? {};
  return line === undefined ? file : `${file}:${line}:${column}`;
}
