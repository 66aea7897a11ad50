/** Flags as data on commander's commands: adding rows, finding them again, and how commands are called. */
import type { Command, Option } from 'commander';
import type { Flag } from '../flags.ts';

/** A word that completion offers, with what it means. */
export interface Candidate {
  readonly word: string;
  readonly text: string;
}

/** A flag with what only the command line knows of it. */
export interface ShellFlag extends Flag {
  /** A second long name. */
  readonly alias?: string;
  /** Offered by completion as values. */
  readonly candidates?: () => readonly Candidate[];
}

/** What is kept of an option: its row, and whether only its own command takes it. */
interface Row {
  readonly flag: ShellFlag;
  readonly local: boolean;
}

const rows = new WeakMap<Option, Row>();

/** An option with the command that it belongs to. */
export interface OwnedOption {
  readonly option: Option;
  readonly owner: Command;
}

/** Adds `flags` to `command`. Its sub-commands take them too. */
export function addFlags(command: Command, flags: readonly Flag[]): void {
  addRows(command, flags, false);
}

/** Adds `flags` to `command` alone. Names that it takes already, from a parent perhaps, are left out. */
export function addLocalFlags(command: Command, flags: readonly ShellFlag[]): void {
  const missing = flags.filter((flag) => findOption(command, `--${flag.name}`) === undefined);
  addRows(
    command,
    missing.map((flag) => withoutTakenLetter(command, flag)),
    true,
  );
}

function addRows(command: Command, flags: readonly ShellFlag[], local: boolean): void {
  for (const flag of flags) {
    const option = command.createOption(optionTerm(flag), flag.description);
    // Texts are collected as they are and read later, so that all wrong values are reported together.
    option.argParser((text: string, texts: unknown) => [...((texts as readonly string[] | undefined) ?? []), text]);
    option.hideHelp(flag.hidden === true);
    rows.set(option, { flag, local });
    command.addOption(option);
  }
}

/** The row that `option` was made from; undefined for options that the application made itself. */
export function flagOf(option: Option): ShellFlag | undefined {
  return rows.get(option)?.flag;
}

/** `command` and its parents, nearest first. */
function lineage(command: Command): readonly Command[] {
  const commands: Command[] = [];
  for (let next: Command | null = command; next !== null; next = next.parent) commands.push(next);
  return commands;
}

/** Every option that `command` takes: its own first, then those that it has from its parents. */
export function optionsOf(command: Command): readonly OwnedOption[] {
  return lineage(command).flatMap((owner) =>
    owner.options.filter((option) => owner === command || rows.get(option)?.local !== true).map((option) => ({ option, owner })),
  );
}

/** The option spelled `dashed` (`--name` or `-n`) among those that `command` takes. */
export function findOption(command: Command, dashed: string): OwnedOption | undefined {
  return optionsOf(command).find(({ option: { short, long } }) => short === dashed || long === dashed);
}

function withoutTakenLetter(command: Command, flag: ShellFlag): ShellFlag {
  const { short, ...rest } = flag;
  return short === undefined || findOption(command, `-${short}`) === undefined ? flag : rest;
}

function optionTerm(flag: ShellFlag): string {
  const other = flag.alias === undefined ? flag.short && `-${flag.short}` : `--${flag.alias}`;
  const names = other === undefined ? `--${flag.name}` : `${other}, --${flag.name}`;
  return flag.type === 'boolean' ? `${names} [boolean]` : `${names} <value>`;
}

/** Words of `command` with the program's name in front: `['tea', 'brew', 'phase']`. */
export function wordsOf(command: Command): readonly string[] {
  return lineage(command)
    .map((each) => each.name())
    .reverse();
}

/** The same on one line. */
export function fullName(command: Command): string {
  return wordsOf(command).join(' ');
}
