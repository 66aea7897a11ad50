/** From a command line to an exit code. Holds no work: everything is loaded when it is needed. */
import type { ProgramOptions } from 'phaserunner/commander';
import { quickVersion } from './commands/version.ts';
import { programNameOf } from './product.ts';

/** Everything that the program knows of its process. */
export interface MainInput {
  /** Words behind the program's name. */
  readonly argv: readonly string[];
  /** Path or name under which the program was started. */
  readonly startedAs: string;
  readonly io: NonNullable<ProgramOptions['io']>;
  readonly signals: NonNullable<ProgramOptions['signals']>;
}

/** Runs the command that `argv` names and returns the exit code (`problems/exit-code.ts`). Never throws for what a user can cause. */
export async function main(input: MainInput): Promise<number> {
  const name = programNameOf(input.startedAs);
  const version = quickVersion(input.argv, name);
  if (version !== undefined) {
    input.io.stdout.write(version);
    return 0;
  }
  const { runCommandLine } = await import('./program.ts');
  return runCommandLine(name, input);
}
