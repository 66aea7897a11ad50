/** The sub-command `phase` and, below it, one sub-command for each phase, made when the command line gets there. */
import type { Command } from 'commander';
import type { Argument } from '../phase.ts';
import { findPhase, flatten, subtreeOf, type FlatPhase } from '../tree.ts';
import { documentNames, offersExtraPhases, type Bound, type Invoked } from './binding.ts';
import { argumentsOf, commandFlags, inspectionFlags, phaseCandidates, runFlags, selectionFlags } from './workflow-flags.ts';
import { markRunnable, setFlagHint, setHelpFacts, setOperandCandidates, whenReached } from './command-facts.ts';
import { addLocalFlags, fullName } from './options.ts';
import { shellText } from './text.ts';
import { flagsOfPhase } from '../workflow.ts';

/** The engine's word for a subtree; written here again because its module is needed only when something runs. */
const allWord = 'all';

/** Adds `phase` to the command of `bound`. */
export function addPhaseCommand<C, F extends string, V>(bound: Bound<C, F, V>): void {
  const command = bound.command.command('phase').alias('phases');
  command.summary(shellText.phase(fullName(bound.command))).description(shellText.phase(fullName(bound.command)));
  whenReached(command, () => {
    const { workflow } = bound;
    addLocalFlags(command, [
      ...selectionFlags(() => bound.workflow),
      ...inspectionFlags,
      ...commonFlags(bound),
      ...commandFlags(bound, flatten(workflow)),
    ]);
    command.argument(`[${shellText.path}...]`);
    setHelpFacts(command, async () => (await import('./workflow-help.ts')).phasesHelp(bound));
    setOperandCandidates(command, () => phaseCandidates(bound.workflow).filter(({ word }) => word.includes('/')));
    handle({ bound, command, place: { kind: 'phases' } });
    for (const place of flatten(workflow)) if (place.depth === 0) addPhase(bound, command, place);
  });
}

/** Gives `command` the positional arguments `args`. */
export function addArguments(command: Command, args: readonly Argument[]): void {
  for (const { name, description, required, variadic } of args) {
    const word = variadic === true ? `${name}...` : name;
    command.argument(required === true ? `<${word}>` : `[${word}]`, description);
  }
}

/** Makes `invoked.command` run its part of the workflow. */
export function handle<C, F extends string, V>(invoked: Invoked<C, F, V>): void {
  // Surplus arguments are refused by us, with a hint that commander cannot give.
  invoked.command.allowExcessArguments();
  markRunnable(invoked.command);
  invoked.command.action(async () => {
    const { invoke } = await import('./invoke.ts');
    await invoke(invoked);
  });
}

/** Flags that all commands of a workflow have. */
export function commonFlags<C, F extends string, V>({ binding }: Bound<C, F, V>) {
  return runFlags(documentNames(binding), offersExtraPhases(binding));
}

function addPhase<C, F extends string, V>(bound: Bound<C, F, V>, parent: Command, place: FlatPhase): void {
  if (place.phase.hidden === true) return;
  const command = parent.command(place.phase.name);
  for (const alias of place.phase.aliases ?? []) command.alias(alias);
  describe(bound, command, place);
  whenReached(command, () => {
    complete(bound, command, place);
    const children = childrenOf(bound, place);
    for (const child of children) addPhase(bound, command, child);
    if (children.length === 0) return;
    const all = command.command(allWord, { hidden: true });
    describe(bound, all, place);
    whenReached(all, () => complete(bound, all, place));
  });
}

function describe<C, F extends string, V>(bound: Bound<C, F, V>, command: Command, { phase, path }: FlatPhase): void {
  // The description goes on from the summary, which alone says what the phase is for.
  command.summary(phase.summary).description([phase.summary, ...(phase.description === undefined ? [] : [phase.description])].join('\n\n'));
  setHelpFacts(command, async () => (await import('./workflow-help.ts')).phaseHelp(bound, path));
}

function complete<C, F extends string, V>(bound: Bound<C, F, V>, command: Command, place: FlatPhase): void {
  const subtree = subtreeOf(bound.workflow, place);
  const selection = subtree.length > 1 ? selectionFlags(() => bound.workflow, place.path) : [];
  addLocalFlags(command, [...commandFlags(bound, subtree), ...selection, ...commonFlags(bound)]);
  addArguments(command, argumentsOf(subtree));
  setFlagHint(command, (name) => {
    const phases = flatten(bound.workflow).filter(({ phase }) => flagsOfPhase(bound.workflow, phase).some((flag) => flag.name === name));
    const paths = phases.flatMap(({ path, phase }) => (phase.hidden === true ? [] : [path]));
    return paths.length === 0 ? undefined : shellText.takenBy(paths);
  });
  handle({ bound, command, place: { kind: 'phase', path: place.path } });
}

function childrenOf<C, F extends string, V>({ workflow }: Bound<C, F, V>, { path }: FlatPhase): readonly FlatPhase[] {
  const place = findPhase(workflow, path);
  return place === undefined ? [] : flatten(workflow).filter(({ parent }) => parent === place.path);
}
