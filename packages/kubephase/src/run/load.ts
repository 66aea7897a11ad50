/** Reads the configuration of a run. */
import { ProblemError, type Workflow } from 'phaserunner';
import type { Invocation } from 'phaserunner/commander';
import type { InitRequest, LoadedOf } from '../config/request.ts';
import type { FlagValuesByName } from '../flags/flags.ts';
import type { KubeContext, MachineContext } from './context.ts';
import type { Input } from './input.ts';
import type { Setting } from './machine.ts';
import { phasesNamed, runtimeUse } from './selection.ts';
import type { RunConfig, RunWork } from './work.ts';

export interface Loading {
  readonly invocation: Invocation<FlagValuesByName>;
  /** The workflow that runs. */
  readonly workflow: Workflow<never>;
  readonly setting: Setting;
  readonly input: Input;
}

/** @throws ProblemError with everything that is wrong with the configuration */
export async function loadConfig<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  loading: Loading,
): Promise<LoadedOf<Config>> {
  const { invocation, setting, input } = loading;
  const labels = await setting.machine.openLabels?.(invocation.io.environment);
  const loaded = await work.load(input.host, { ...loadRequest(work, loading), ...(labels === undefined ? {} : { labels }) });
  if (!loaded.ok) throw new ProblemError(loaded.problems);
  return loaded;
}

function loadRequest<C extends MachineContext & KubeContext, Config extends RunConfig>(
  { withoutRuntime: without = [] }: RunWork<C, Config>,
  { invocation, workflow, setting, input }: Loading,
): Omit<InitRequest, 'labels'> {
  const { flags, given, selection } = invocation;
  return {
    flags: given,
    detectCriSocket: true,
    usesRuntime: runtimeUse(workflow, { selection, named: phasesNamed(invocation), without }),
    strict: flags.strict === true,
    allowUnknownVersion: flags['allow-unknown-version'] === true,
    program: setting.program,
    ...(input.file === undefined ? {} : { configPath: input.file }),
  };
}

/** Whether the file asks for a dry run. Nothing is looked up for that: who cannot start is told at once. */
export async function isDryRunByFile<C extends MachineContext & KubeContext, Config extends RunConfig>(
  work: RunWork<C, Config>,
  loading: Loading,
): Promise<boolean> {
  const { input } = loading;
  if (input.file === undefined) return false;
  const loaded = await work.load(input.host, loadRequest(work, loading));
  return loaded.ok && loaded.config.dryRun;
}
