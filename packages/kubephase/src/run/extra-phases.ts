/** The extra phases of the settings: what a team adds to a workflow on every machine. */
import type { Command } from 'commander';
import { loadExtraPhases, type Workflow } from 'phaserunner';
import { containModule, ioOf, reservedFlags } from 'phaserunner/commander';
import { loadSettings } from '../settings/settings.ts';

/**
 * Returns `workflow` with the extra phases that the settings of `command`'s program name.
 * @throws ProblemError when the settings, or a module that they name, cannot be read
 */
export async function withExtraPhases<C, F extends string, V>(workflow: Workflow<C, F, V>, command: Command): Promise<Workflow<C, F, V>> {
  const { extraPhases } = await loadSettings(ioOf(command).environment);
  let extended = workflow;
  for (const file of extraPhases[workflow.name] ?? []) {
    await admit(file);
    await containModule(command, file);
    extended = await loadExtraPhases(extended, file, { reservedFlags: reservedFlags(command) });
  }
  return extended;
}

/** Refuses a module that root must not load. @throws ProblemError `SETTINGS_EXPOSED` */
export async function admit(file: string): Promise<void> {
  (await import('../settings/trust.ts')).requireTrustedModule(file);
}
