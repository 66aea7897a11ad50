/** Reads the configuration of a run. */
import { ProblemError } from 'phaserunner';
import type { Invocation } from 'phaserunner/commander';
import type { InitRequest, LoadedOf } from '../config/request.ts';
import type { FlagValuesByName } from '../flags/flags.ts';
import type { KubeContext, MachineContext } from './context.ts';
import type { Input } from './input.ts';
import type { Setting } from './machine.ts';
import type { RunConfig, RunWork } from './work.ts';

export interface Loading {
  readonly invocation: Invocation<FlagValuesByName>;
  readonly setting: Setting;
  readonly input: Input;
}

/** @throws ProblemError with everything that is wrong with the configuration */
export async function loadConfig<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  { invocation, setting: { machine }, input }: Loading,
): Promise<LoadedOf<Config>> {
  const labels = await machine.openLabels?.(invocation.io.environment);
  const loaded = await work.load(input.host, { ...loadRequest(invocation, input), ...(labels === undefined ? {} : { labels }) });
  if (!loaded.ok) throw new ProblemError(loaded.problems);
  return loaded;
}

function loadRequest({ flags, given, defined }: Invocation<FlagValuesByName>, { file }: Input): Omit<InitRequest, 'labels'> {
  return {
    flags: given,
    detectCriSocket: defined.has('cri-socket'),
    strict: flags.strict === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
    ...(file === undefined ? {} : { configPath: file }),
  };
}

/** Whether the file asks for a dry run. Nothing is looked up for that: who cannot start is told at once. */
export async function isDryRunByFile<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  invocation: Invocation<FlagValuesByName>,
  input: Input,
): Promise<boolean> {
  if (input.file === undefined) return false;
  const loaded = await work.load(input.host, loadRequest(invocation, input));
  return loaded.ok && loaded.config.dryRun;
}
