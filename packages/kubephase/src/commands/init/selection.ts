/** What the configuration adds to the selection of phases of `init`. */
import { findPhase, type Location, type Notice, type SelectionPart, type Workflow } from 'phaserunner';
import { applyAddonSkips } from '../../config/addons.ts';
import type { InitConfig } from '../../config/types.ts';

export interface SelectionSources {
  readonly config: InitConfig;
  /** Place of `skipPhases` in the file. */
  readonly place: Location | undefined;
  /** Parts from the command line. */
  readonly commandLine: readonly SelectionPart[];
  /** Path of the phase whose sub-command was invoked. */
  readonly phase: string | undefined;
}

export interface ConfiguredSelection {
  /** With the switches of add-ons that are skipped turned off, so that upgrades leave them out too. */
  readonly config: InitConfig;
  readonly parts: readonly SelectionPart[];
  readonly notices: readonly Notice[];
}

/**
 * Combines `skipPhases` of the file and the switches of the add-ons with the command line. Names to skip on the command line
 * replace those of the file. A phase that was asked for by its own command runs although the file skips it.
 */
export function configuredSelection(workflow: Workflow<never>, sources: SelectionSources): ConfiguredSelection {
  const { config, phase } = sources;
  const fromCommandLine = sources.commandLine.flatMap(({ skip = [] }) => skip);
  const origin = `skipPhases in ${describePlace(sources.place)}`;
  if (phase !== undefined) return { config, parts: [], notices: config.skipPhases.length === 0 ? [] : [ignored(origin, phase)] };
  const skip = fromCommandLine.length > 0 ? fromCommandLine : config.skipPhases;
  const paths = skip.map((name) => findPhase(workflow, name)?.path ?? name);
  const addons = applyAddonSkips(config, paths);
  const disabled = addons.skippedPaths.filter((path) => !paths.includes(path));
  return {
    config: addons.config,
    parts: [
      ...(fromCommandLine.length > 0 || skip.length === 0 ? [] : [{ origin, skip }]),
      ...(disabled.length === 0 ? [] : [{ origin: 'add-ons disabled in the configuration', skip: disabled }]),
    ],
    notices: [],
  };
}

function ignored(origin: string, phase: string): Notice {
  return { level: 'info', text: `${origin} does not count here, because ${phase} was asked for by name` };
}

function describePlace(place: Location | undefined): string {
  const { file = 'the configuration', line, column = 1 } = place ?? {};
  return line === undefined ? file : `${file}:${line}:${column}`;
}
