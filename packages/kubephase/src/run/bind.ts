/** Binds a workflow to its command: what every command with phases has in common. */
import type { Command } from 'commander';
import { loadExtraPhases, type RunResult, type Workflow } from 'phaserunner';
import { bindWorkflow, ioOf, reservedFlags, type DocumentFormat } from 'phaserunner/commander';
import type { FlagName, FlagValuesByName } from '../flags/flags.ts';
import { loadSettings } from '../settings/settings.ts';
import type { KubeContext, MachineContext } from './context.ts';
import type { Setting } from './machine.ts';
import type { RunConfig, RunWork } from './work.ts';

/** A command with phases, in words. */
export interface RunCommand<C extends MachineContext & KubeContext, Config extends RunConfig> {
  readonly workflow: Workflow<C, FlagName, FlagValuesByName>;
  /** Flags of the main command; phases bring the others to their sub-commands. */
  readonly mainFlags: readonly FlagName[];
  /** Flags that the run is opened with: the command of every phase takes them, of extra ones too. */
  readonly phaseFlags: readonly FlagName[];
  /** Words behind the program's name, one command each. */
  readonly examples: readonly string[];
  /** Loaded when something runs. */
  readonly work: () => Promise<RunWork<C, Config>>;
}

const printed =
  (format: 'json' | 'yaml'): DocumentFormat =>
  async (document) =>
    (await import('../output/print.ts')).printDocument(document, format);

/** Completes `command`, with the extra phases of the settings. */
export async function bindRun<C extends MachineContext & KubeContext, Config extends RunConfig>(
  command: Command,
  { work, ...words }: RunCommand<C, Config>,
  setting: Setting,
): Promise<void> {
  const { extraPhases } = await loadSettings(ioOf(command).environment);
  let { workflow } = words;
  for (const file of extraPhases[workflow.name] ?? [])
    workflow = await loadExtraPhases(workflow, file, { reservedFlags: reservedFlags(command) });
  // Loaded before anything can go wrong with the opening: the engine takes what `document` returns as it is, and waits for no promise.
  let documentOf: ((result: RunResult) => unknown) | undefined;
  bindWorkflow(command, workflow, {
    open: async (invocation, opened) => {
      const [{ openRun }, { runDocument }] = await Promise.all([import('./open.ts'), import('../output/report.ts')]);
      documentOf = (result) => runDocument(workflow.name, result);
      return openRun(await work(), { invocation, opened, setting });
    },
    flags: words.mainFlags,
    phaseFlags: words.phaseFlags,
    examples: words.examples.map((example) => `${setting.program} ${example}`).join('\n'),
    extraPhases: true,
    resultOnly: ({ flags }) => flags['print-manifest'] === true,
    documents: { json: printed('json'), yaml: printed('yaml') },
    document: (result) => documentOf?.(result) ?? result,
  });
}
