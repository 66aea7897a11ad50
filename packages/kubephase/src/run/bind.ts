/** Binds a workflow to its command: what every command with phases has in common. */
import type { Command } from 'commander';
import { loadExtraPhases, type Workflow } from 'phaserunner';
import { bindWorkflow, ioOf } from 'phaserunner/commander';
import type { FlagName, FlagValuesByName } from '../flags/flags.ts';
import { documentFormats } from './document-formats.ts';
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

/** Completes `command`, with the extra phases of the settings. */
export async function bindRun<C extends MachineContext & KubeContext, Config extends RunConfig>(
  command: Command,
  { work, ...words }: RunCommand<C, Config>,
  setting: Setting,
): Promise<void> {
  const { extraPhases } = await loadSettings(ioOf(command).environment);
  let { workflow } = words;
  for (const file of extraPhases[workflow.name] ?? []) workflow = await loadExtraPhases(workflow, file);
  bindWorkflow(command, workflow, {
    open: async (invocation, opened) => {
      const { openRun } = await import('./open.ts');
      return openRun(await work(), { invocation, opened, setting });
    },
    flags: words.mainFlags,
    phaseFlags: words.phaseFlags,
    examples: words.examples.map((example) => `${setting.program} ${example}`).join('\n'),
    extraPhases: true,
    resultOnly: ({ flags }) => flags['print-manifest'] === true,
    documents: { json: documentFormats.json, yaml: documentFormats.yaml },
    document: async (result, { words: typed }) =>
      (await import('../output/report.ts')).runDocument({ command: typed.slice(1).join(' '), workflow: workflow.name }, result),
  });
}
