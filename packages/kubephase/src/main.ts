/** From a command line to an exit code: what `bin/` runs, and what tests and embedders call. */
import { programNameOf } from './product.ts';
import { runCommandLine, type CommandLineInput } from './program.ts';

/** Everything that the program knows of its process. */
export interface MainInput extends CommandLineInput {
  /** Path or name under which the program was started. */
  readonly startedAs: string;
}

/** Runs the command that `argv` names and returns the exit code (`problems/exit-code.ts`). Never throws for what a user can cause. */
export async function main(input: MainInput): Promise<number> {
  return runCommandLine(programNameOf(input.startedAs), input);
}
