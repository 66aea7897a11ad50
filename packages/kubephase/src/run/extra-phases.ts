/** The extra phases of the settings: what a team adds to a workflow on every machine. */
import { loadExtraPhases, type Workflow } from 'phaserunner';
import { loadSettings } from '../settings/settings.ts';

/** @throws ProblemError when the settings, or a module that they name, cannot be read */
export async function withExtraPhases<C, F extends string, V>(
  workflow: Workflow<C, F, V>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Workflow<C, F, V>> {
  const { extraPhases } = await loadSettings(environment);
  let extended = workflow;
  for (const file of extraPhases[workflow.name] ?? []) {
    await admit(file);
    extended = await loadExtraPhases(extended, file);
  }
  return extended;
}

/** Refuses a module that root must not load. @throws ProblemError `SETTINGS_EXPOSED` */
export async function admit(file: string): Promise<void> {
  (await import('../settings/trust.ts')).requireTrustedModule(file);
}
