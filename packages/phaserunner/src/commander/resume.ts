/** Commands that hints name: how a run that failed can go on, and what runs one phase. */
import type { Command } from 'commander';
import type { Flag, FlagValue, FlagValues } from '../flags.ts';
import { findPhase, subtreeOf } from '../tree.ts';
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

/** Returns the command for the phase at `path`, with those of the given flags that it takes. */
export function phaseWords<C, F extends string, V>({ bound, command }: Invoked<C, F, V>, path: string, { given }: Invocation<V>): string {
  const place = findPhase(bound.workflow, path);
  const taken = new Set(commandFlags(bound, place === undefined ? [] : subtreeOf(bound.workflow, place)).map(({ name }) => name));
  const inherited = new Set(optionsOf(bound.command).flatMap(({ option, owner }) => (owner === bound.command ? [] : [option.name()])));
  return [
    `${fullName(bound.command)} phase ${path.replaceAll('/', ' ')}`,
    ...flagWords(command, given, (name) => taken.has(name) || inherited.has(name) || name === 'extra-phases'),
  ].join(' ');
}

function flagWords(command: Command, given: FlagValues, isWanted: (name: string) => boolean): readonly string[] {
  return Object.keys(given).flatMap((name) => {
    const option = findOption(command, `--${name}`)?.option;
    const flag = option === undefined ? undefined : flagOf(option);
    const value = given[name];
    return flag === undefined || value === undefined || !isWanted(name) ? [] : [spell(flag, value)];
  });
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
