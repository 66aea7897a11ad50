/** `preflight` on the command line: its sub-commands by name and one-line text; each is completed when it is named. */
import type { Command } from 'commander';
import { whenReached } from 'phaserunner/commander';
import { realMachine, type Machine } from '../config/machine.ts';

/** Completes the command `preflight`. */
export function bindPreflight(command: Command, program: string, machine: Machine = realMachine): void {
  command.description(
    'What `init` looks at before it changes the machine: which checks there are, what they are about, and how they turn out.',
  );
  const setting = { program, machine };
  const list = command.command('list').summary('List the checks');
  whenReached(list, async () => (await import('./list.ts')).bindPreflightList(list, setting));
  const run = command.command('run').summary('Run the checks of init, and change nothing');
  whenReached(run, async () => (await import('./run.ts')).bindPreflightRun(run, setting));
  const explain = command.command('explain').summary('Tell what a check looks at, why, and what to do about it');
  whenReached(explain, async () => (await import('./explain.ts')).bindPreflightExplain(explain, setting));
}
