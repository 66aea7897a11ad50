/** The flags of a bound workflow: those that every command has, and those of its phases. */
import type { Command } from 'commander';
import type { Flag } from '../flags.ts';
import type { Argument, Phase } from '../phase.ts';
import { flatten, type FlatPhase } from '../tree.ts';
import { flagsOfPhase, type Workflow } from '../workflow.ts';
import type { Bound } from './binding.ts';
import { optionsOf, type Candidate, type ShellFlag } from './options.ts';
import { shellText } from './text.ts';

/** Output formats that render the events of a run; `text` chooses between the next two. */
const runFormats = ['text', 'tree', 'plain', 'jsonl'] as const;

const graphFormats = ['mermaid', 'dot', 'svg'] as const;

/** Flags that select phases. @param within path of the phase whose command takes them; none for a workflow's command */
export function selectionFlags(workflow: () => Workflow<never>, within?: string): readonly ShellFlag[] {
  const candidates = (): readonly Candidate[] => candidatesWithin(phaseCandidates(workflow()), within);
  const several = { type: 'list', placeholder: shellText.paths, candidates } as const;
  const one = { type: 'string', placeholder: shellText.path, candidates } as const;
  return [
    { ...several, name: 'only', description: shellText.only },
    { ...several, name: 'skip-phases', alias: 'skip', description: shellText.skip },
    { ...one, name: 'from', description: shellText.from },
    { ...one, name: 'until', description: shellText.until },
  ];
}

/** Flags of every command of a workflow. `documents` are the output formats beside those that render events. */
export function runFlags(documents: readonly string[], offersExtraPhases: boolean): readonly ShellFlag[] {
  const extraPhases: ShellFlag = { name: 'extra-phases', type: 'list', placeholder: shellText.file, description: shellText.extraPhases };
  return [
    { name: 'output', short: 'o', type: 'string', choices: [...runFormats, ...documents], default: 'text', description: shellText.output },
    { name: 'quiet', type: 'boolean', description: shellText.quiet },
    { name: 'v', short: 'v', type: 'integer', description: shellText.verbosity },
    ...(offersExtraPhases ? [extraPhases] : []),
  ];
}

/** Flags of `phase` itself that show the phases instead of running any. */
export const inspectionFlags: readonly ShellFlag[] = [
  { name: 'list', type: 'boolean', description: shellText.list },
  { name: 'graph', type: 'string', choices: graphFormats, description: shellText.graph },
];

/** Names of the flags that every command of a workflow has, or may have. */
export function commandFlagNames(): ReadonlySet<string> {
  const rows = [...selectionFlags(() => ({ name: '', summary: '', phases: [] })), ...runFlags([], true), ...inspectionFlags];
  return new Set(['help', ...rows.flatMap(({ name, alias = name }) => [name, alias])]);
}

/** The same, with those that the commands below `command` have from it and its parents: names that no phase may give to a flag of its own. */
export function reservedFlags(command: Command): ReadonlySet<string> {
  const inherited = optionsOf(command).flatMap(({ option, owner }) => (owner === command ? [] : [option.name()]));
  return new Set([...commandFlagNames(), ...inherited]);
}

/** Paths of the visible phases. */
export function phaseCandidates(workflow: Workflow<never>): readonly Candidate[] {
  return flatten(workflow)
    .filter(({ phase }) => phase.hidden !== true)
    .map(({ path, phase }) => ({ word: path, text: phase.summary }));
}

/** Those below the phase at `within`, as they are called there and with their full paths. */
function candidatesWithin(candidates: readonly Candidate[], within: string | undefined): readonly Candidate[] {
  if (within === undefined) return candidates;
  const below = candidates.filter(({ word }) => word.startsWith(`${within}/`));
  return [...below.map(({ word, text }) => ({ word: word.slice(within.length + 1), text })), ...below];
}

/** Flags that `places` take, each once. */
function flagsOf(workflow: Workflow<never>, places: readonly FlatPhase[]): readonly Flag[] {
  const flags = new Map<string, Flag>();
  for (const flag of places.flatMap(({ phase }) => flagsOfPhase(workflow, phase))) if (!flags.has(flag.name)) flags.set(flag.name, flag);
  return [...flags.values()];
}

/** Flags of the command for `places`: theirs, and those that the command of every phase has. */
export function commandFlags<C, F extends string, V>({ workflow, binding }: Bound<C, F, V>, places: readonly FlatPhase[]): readonly Flag[] {
  const flags = flagsOf(workflow, places);
  const names = new Set(flags.map(({ name }) => name));
  const rows: Readonly<Record<string, Flag | undefined>> = workflow.flags ?? {};
  return [...flags, ...(binding.phaseFlags ?? []).flatMap((name) => (names.has(name) ? [] : (rows[name] ?? [])))];
}

/** Positional arguments that `places` take, each name once; a variadic one comes last. */
export function argumentsOf(places: readonly FlatPhase[]): readonly Argument[] {
  const args = new Map<string, Argument>();
  for (const argument of places.flatMap(({ phase }) => phase.args ?? [])) {
    if (!args.has(argument.name)) args.set(argument.name, argument);
  }
  return [...args.values()].sort((one, other) => Number(one.variadic === true) - Number(other.variadic === true));
}

/** Flags that `phases` bring themselves. */
export function ownFlags(phases: readonly Phase<never>[]): readonly Flag[] {
  return phases.flatMap(({ flags = [] }) => flags.filter((flag) => typeof flag !== 'string'));
}
