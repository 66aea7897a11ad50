/** What is kept beside commander's commands: what completes them when they are reached, and what help and completion show of them. */
import type { Command } from 'commander';
import type { Row } from './help-rows.ts';
import type { Candidate } from './options.ts';

/** Completes a command; `rest` are the words behind it on the command line. */
export type Build = (rest: readonly string[]) => void | Promise<void>;

const waiting = new WeakMap<Command, readonly Build[]>();

/**
 * Has `build` called once, when `runProgram` finds that the command line names `command`, before flags are read and
 * before its help is made. Flags, sub-commands and the action can be added there, from modules loaded there.
 */
export function whenReached(command: Command, build: Build): void {
  waiting.set(command, [...(waiting.get(command) ?? []), build]);
}

/** Completes `command`. Builders may register further ones. */
export async function reach(command: Command, rest: readonly string[]): Promise<void> {
  for (let builds = waiting.get(command); builds !== undefined; builds = waiting.get(command)) {
    waiting.delete(command);
    for (const build of builds) await build(rest);
  }
}

export interface HelpFacts {
  /** One command a line. */
  readonly examples?: string;
  /** Usage lines after the first. */
  readonly usages?: readonly string[];
  readonly phases?: { readonly heading: string; readonly rows: readonly Row[] };
  /** False where the list of phases takes the place of the list of sub-commands. Default true. */
  readonly listsCommands?: boolean;
  readonly needs?: readonly Row[];
  /** Examples of selecting phases. */
  readonly selecting?: readonly Row[];
  /** Last line. */
  readonly pointer?: string;
}

type MakeFacts = () => HelpFacts | Promise<HelpFacts>;

const makers = new WeakMap<Command, MakeFacts>();
type MakeCandidates = () => readonly Candidate[] | Promise<readonly Candidate[]>;

const operands = new WeakMap<Command, MakeCandidates>();

const flagHints = new WeakMap<Command, (name: string) => string | undefined>();

/** Has `hint` say what helps with a flag that `command` does not take; undefined where it knows nothing better than a similar name. */
export function setFlagHint(command: Command, hint: (name: string) => string | undefined): void {
  flagHints.set(command, hint);
}

/** What was set for the flag `name`. */
export function flagHint(command: Command, name: string): string | undefined {
  return flagHints.get(command)?.(name);
}

const runnable = new WeakSet<Command>();

/** Notes that `command` has an action, so that its help is needed only when it is asked for. */
export function markRunnable(command: Command): void {
  runnable.add(command);
}

/** Whether `command` was noted. */
export function isRunnable(command: Command): boolean {
  return runnable.has(command);
}

const separated = new WeakSet<Command>();

/** Notes that the sub-commands of `command` were set aside, because its words stand behind `--`. */
export function markSeparated(command: Command): void {
  separated.add(command);
}

/** Whether that was noted. */
export function isSeparated(command: Command): boolean {
  return separated.has(command);
}

/** Adds sections to the help of `command`. */
export function setHelpFacts(command: Command, make: MakeFacts): void {
  makers.set(command, make);
}

/** Shows `examples` (one command a line) in the help of `command`. */
export function setExamples(command: Command, examples: string): void {
  setHelpFacts(command, () => ({ examples }));
}

/** What was added to the help of `command`. */
export async function helpFactsOf(command: Command): Promise<HelpFacts> {
  return (await makers.get(command)?.()) ?? {};
}

/** Has completion offer `make()` as arguments of `command`, beside its sub-commands. */
export function setOperandCandidates(command: Command, make: MakeCandidates): void {
  operands.set(command, make);
}

/** The candidates set for `command`. */
export async function operandCandidates(command: Command): Promise<readonly Candidate[]> {
  return (await operands.get(command)?.()) ?? [];
}
