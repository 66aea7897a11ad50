/** Commands that hints name: how a run that failed can go on, and what runs one phase. */
import type { Command } from 'commander';
import type { Flag, FlagValue, FlagValues } from '../flags.ts';
import { findPhase, flatten, subtreeOf } from '../tree.ts';
import type { Workflow } from '../workflow.ts';
import type { Invocation, Invoked } from './binding.ts';
import { findOption, flagOf, fullName, optionsOf } from './options.ts';
import { commandFlags } from './workflow-flags.ts';
import { valueText } from './values.ts';

/**
 * Returns the command that was typed, in a form that takes `--from`. In place of a secret, which must not end up in logs, it
 * names a variable of the shell.
 */
export function resumeWords<C, F extends string, V>(
  { bound, command, place }: Invoked<C, F, V>,
  { args, given, selection }: Invocation<V>,
): string {
  const only = selection.flatMap((part) => part.only ?? []);
  return [
    place.kind === 'main' ? fullName(bound.command) : `${fullName(bound.command)} phase`,
    ...(only.length === 0 ? [] : [`--only ${only.join(',')}`]),
    ...flagWords(command, given, (name) => name !== 'only' && name !== 'from'),
    ...args.map((arg) => shellWord(arg)),
  ].join(' ');
}

const selecting = ['only', 'skip-phases', 'from', 'until'];

/** Returns the command as it was typed, where it is that of one phase and selects nothing in it: such a run goes on by starting again. */
export function typedWords<C, F extends string, V>(
  { command, place }: Invoked<C, F, V>,
  { args, given }: Invocation<V>,
): string | undefined {
  if (place.kind !== 'phase' || selecting.some((name) => given[name] !== undefined)) return undefined;
  return [fullName(command), ...flagWords(command, given, () => true), ...args.map((arg) => shellWord(arg))].join(' ');
}

/**
 * Returns the command for the phase at `path`, with those of the given flags that it takes and that say what it works with. A phase in
 * something hidden has no command of its own, but its path is taken.
 */
export function phaseWords<C, F extends string, V>({ bound, command }: Invoked<C, F, V>, path: string, { given }: Invocation<V>): string {
  const place = findPhase(bound.workflow, path);
  const taken = new Set(commandFlags(bound, place === undefined ? [] : subtreeOf(bound.workflow, place)).map(({ name }) => name));
  const inherited = new Set(optionsOf(bound.command).flatMap(({ option, owner }) => (owner === bound.command ? [] : [option.name()])));
  const isRepeated = (name: string): boolean =>
    (taken.has(name) || inherited.has(name) || name === 'extra-phases') && rowOf(command, name)?.oneOff !== true;
  return [
    `${fullName(bound.command)} phase ${hasCommand(bound.workflow, path) ? path.replaceAll('/', ' ') : path}`,
    ...flagWords(command, given, isRepeated),
  ].join(' ');
}

function hasCommand(workflow: Workflow<never>, path: string): boolean {
  return !flatten(workflow).some((place) => place.phase.hidden === true && `${path}/`.startsWith(`${place.path}/`));
}

function flagWords(command: Command, given: FlagValues, isWanted: (name: string) => boolean): readonly string[] {
  return Object.keys(given).flatMap((name) => {
    const flag = rowOf(command, name);
    const value = given[name];
    return flag === undefined || value === undefined || !isWanted(name) ? [] : [spell(flag, value)];
  });
}

function rowOf(command: Command, name: string): Flag | undefined {
  const option = findOption(command, `--${name}`)?.option;
  return option === undefined ? undefined : flagOf(option);
}

function spell({ name, type, secret }: Flag, value: FlagValue): string {
  if (type === 'boolean') return value === true ? `--${name}` : `--${name}=false`;
  return `--${name} ${secret === true ? variableFor(name) : shellWord(valueText(value))}`;
}

/** `"$CERTIFICATE_KEY"` for `certificate-key`. */
function variableFor(name: string): string {
  return `"$${name.replaceAll('-', '_').toUpperCase()}"`;
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
