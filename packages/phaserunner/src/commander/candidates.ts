/** What completion offers as arguments of a command, beside its sub-commands. */
import type { Command } from 'commander';
import type { Candidate } from './options.ts';

const operands = new WeakMap<Command, () => readonly Candidate[]>();

/** Has completion offer `make()` as arguments of `command`. */
export function setOperandCandidates(command: Command, make: () => readonly Candidate[]): void {
  operands.set(command, make);
}

/** The candidates set for `command`. */
export function operandCandidates(command: Command): readonly Candidate[] {
  return operands.get(command)?.() ?? [];
}
