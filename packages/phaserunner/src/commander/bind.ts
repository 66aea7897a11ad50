/** Binds a workflow to a command: flags, selection, generated sub-commands, help, run. */
import type { Command } from 'commander';
import type { Flag } from '../flags.ts';
import { ProblemError } from '../problems.ts';
import { flatten } from '../tree.ts';
import { flagsOfPhase, type Workflow } from '../workflow.ts';
import { admissionOf, offersExtraPhases, type Binding, type Bound } from './binding.ts';
import { containModule } from './surroundings.ts';
import { commandFlagNames, ownFlags, reservedFlags, selectionFlags } from './workflow-flags.ts';
import { setHelpFacts, whenReached } from './command-facts.ts';
import { addLocalFlags } from './options.ts';
import { addArguments, addPhaseCommand, commonFlags, handle } from './phase-commands.ts';

/**
 * Makes `command` run `workflow`, and gives it the selection flags and the sub-command `phase`. To be run with
 * `runProgram`, which completes the sub-commands that the command line names.
 *
 * @example
 * const program = new Command('tea');
 * bindWorkflow(program.command('brew'), brew, { open: ({ flags }) => ({ context: { cups: flags.cups } }) });
 * process.exitCode = await runProgram(program, process.argv.slice(2));
 */
export function bindWorkflow<C, F extends string, V>(
  command: Command,
  workflow: Workflow<C, F, V>,
  binding: Binding<NoInfer<C>, NoInfer<F>, NoInfer<V>>,
): void {
  const bound: Bound<C, F, V> = { command, workflow, binding };
  refuseTakenNames(bound);
  if (command.summary() === '') command.summary(workflow.summary);
  if (command.description() === '') command.description(workflow.description ?? workflow.summary);
  addArguments(command, binding.args ?? []);
  addLocalFlags(command, [...mainFlags(bound), ...selectionFlags(() => bound.workflow), ...commonFlags(bound)]);
  setHelpFacts(command, async () => (await import('./workflow-help.ts')).mainHelp(bound));
  handle({ bound, command, place: { kind: 'main' } });
  addPhaseCommand(bound);
  whenReached(command, async (rest) => {
    if (!offersExtraPhases(binding) || !rest.some((word) => word.startsWith('--extra-phases'))) return;
    const { withExtraPhases } = await import('./extra.ts');
    const admit = admissionOf(binding);
    bound.workflow = await withExtraPhases(workflow, rest, {
      reservedFlags: reservedFlags(command),
      beforeLoading: async (file) => {
        await admit?.(file);
        await containModule(command, file);
      },
    });
    addLocalFlags(command, addedFlags(workflow, bound.workflow));
  });
}

/** @throws ProblemError `WORKFLOW_INVALID` when a flag of the workflow has the name of one that all its commands have */
function refuseTakenNames<C, F extends string, V>(bound: Bound<C, F, V>): void {
  const taken = commandFlagNames();
  const flags = [...mainFlags(bound), ...flatten(bound.workflow).flatMap(({ phase }) => flagsOfPhase(bound.workflow, phase))];
  const names = new Set(flags.map(({ name }) => name).filter((name) => taken.has(name)));
  if (names.size === 0) return;
  throw new ProblemError(
    [...names].map((name) => ({
      code: 'WORKFLOW_INVALID',
      summary: `workflow "${bound.workflow.name}" has the flag --${name}, which all commands of a workflow have`,
      remedy: 'give it another name',
    })),
  );
}

function mainFlags<C, F extends string, V>({ workflow, binding }: Bound<C, F, V>): readonly Flag[] {
  const rows: Readonly<Record<string, Flag | undefined>> = workflow.flags ?? {};
  const names: readonly string[] = binding.flags ?? workflow.offers ?? Object.keys(rows);
  return names.map((name) => {
    const row = rows[name];
    if (row === undefined) throw new TypeError(`workflow ${workflow.name} has no flag ${name}`);
    return row;
  });
}

/** Extra phases have nobody who would put their flags on the main command, so all of them go there. */
function addedFlags<C, F extends string, V>(before: Workflow<C, F, V>, after: Workflow<C, F, V>): readonly Flag[] {
  if (after === before) return [];
  const known = new Set(flatten(before).map(({ path }) => path));
  return ownFlags(
    flatten(after)
      .filter(({ path }) => !known.has(path))
      .map(({ phase }) => phase),
  );
}
