/** The program: its tree of commands, and the running of a command line. */
import { Command } from 'commander';
import { addFlags, runProgram, whenReached, type ProgramOptions } from 'phaserunner/commander';
import { commandTable, flagCandidates, type CommandTable } from './commands/table.ts';
import { globalFlags } from './flags/flags.ts';
import { exitCodeOf } from './problems/catalogue.ts';
import type { ProgramName } from './product.ts';
import { failuresAsData } from './run/failures.ts';
import { realMachine, type Machine, type Setting } from './run/machine.ts';

/** What a command line is run with. */
export interface CommandLineInput {
  /** Words behind the program's name. */
  readonly argv: readonly string[];
  readonly io: NonNullable<ProgramOptions['io']>;
  readonly signals: NonNullable<ProgramOptions['signals']>;
}

/** Runs the command that `input.argv` names; returns the exit code. */
export async function runCommandLine(name: ProgramName, input: CommandLineInput): Promise<number> {
  const program = createProgram(name);
  // Scripts written for kubeadm know one exit code for every failure.
  const codeOf = name === 'kubeadm' ? (): number => 1 : exitCodeOf;
  return runProgram(program, input.argv, {
    ...failuresAsData,
    candidates: flagCandidates,
    io: input.io,
    signals: input.signals,
    exitCodeOf: codeOf,
  });
}

/**
 * The tree of commands.
 * @param machine what they work on; for tests
 * @param commands which there are. Default: those of the product
 */
export function createProgram(name: ProgramName, machine: Machine = realMachine, commands: CommandTable = commandTable): Command {
  const program = new Command(name);
  program.description('Sets up Kubernetes clusters in phases that can be run all, one by one, some, or all but some.');
  addFlags(program, globalFlags);
  addCommands(program, commands, { program: name, machine });
  return program;
}

function addCommands(parent: Command, table: CommandTable, setting: Setting): void {
  for (const [name, { summary, aliases = [], description, bind, commands = {} }] of Object.entries(table)) {
    const command = parent.command(name).summary(summary);
    for (const alias of aliases) command.alias(alias);
    if (description !== undefined) command.description(description);
    addCommands(command, commands, setting);
    if (bind !== undefined) whenReached(command, async () => (await bind())(command, setting));
  }
}
