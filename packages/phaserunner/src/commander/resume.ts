/** The words with which a run that failed can go on; renderers add `--from PATH`. */
import type { Flag, FlagValue, FlagValues } from '../flags.ts';
import type { Invocation } from './binding.ts';
import type { Bound, Invoked } from './bound.ts';
import { fullName } from './names.ts';
import { findOption, flagOf } from './options.ts';
import { valueText } from './value-text.ts';

/** Stands for a value that is not repeated because it may be a secret. */
const leftOut = '…';

/**
 * Returns the command that was typed, in a form that takes `--from`. Values of text flags are repeated only when the
 * binding allows it: the hint ends up in logs.
 */
export function resumeWords<C, F extends string>({ bound, command, place }: Invoked<C, F>, { args, flags, selection }: Invocation): string {
  const only = selection.flatMap((part) => part.only ?? []);
  return [
    place.kind === 'main' ? fullName(bound.command) : `${fullName(bound.command)} phase`,
    ...(only.length === 0 ? [] : [`--only ${only.join(',')}`]),
    ...otherFlags(flags).map((name) => spell(rowOf(command, name), flags[name], repeatable(bound, name))),
    ...args,
  ].join(' ');
}

function otherFlags(flags: FlagValues): readonly string[] {
  return Object.keys(flags).filter((name) => name !== 'only' && name !== 'from');
}

function rowOf(command: Invoked<never, never>['command'], name: string): Flag | undefined {
  const found = findOption(command, `--${name}`);
  return found === undefined ? undefined : flagOf(found.option);
}

function repeatable<C, F extends string>({ binding }: Bound<C, F>, name: string): boolean {
  return own.has(name) || binding.repeatable?.includes(name) === true;
}

/** Values of these are names of phases and files. */
const own: ReadonlySet<string> = new Set(['skip-phases', 'until', 'extra-phases']);

function spell(flag: Flag | undefined, value: FlagValue | undefined, repeats: boolean): string {
  if (flag === undefined || value === undefined) return '';
  if (flag.type === 'boolean') return value === true ? `--${flag.name}` : `--${flag.name}=false`;
  return `--${flag.name} ${repeats || isHarmless(flag) ? shellWord(valueText(value)) : leftOut}`;
}

/** Numbers, durations and chosen words hold no secrets. */
function isHarmless({ type, choices }: Flag): boolean {
  return type === 'integer' || type === 'duration' || choices !== undefined;
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
