/** `completion SHELL`: prints the script with which a shell completes the words of this program. */
import type { Command } from 'commander';
import { completionScript, completionShells, ioOf, setExamples } from 'phaserunner/commander';
import { failure } from '../problems/catalogue.ts';
import type { Setting } from '../run/machine.ts';

export function bindCompletion(command: Command, { program }: Pick<Setting, 'program'>): void {
  command.description(`Prints a completion script for ${completionShells.join(', ')}. Load it from the start-up file of the shell.`);
  command.argument('<SHELL>', completionShells.join(', '));
  setExamples(
    command,
    [`source <(${program} completion bash)`, `${program} completion fish > ~/.config/fish/completions/${program}.fish`].join('\n'),
  );
  command.action((shell: string) => {
    const known = completionShells.find((name) => name === shell);
    if (known === undefined) {
      throw failure('FLAG_VALUE_INVALID', {
        summary: `unsupported shell type "${shell}"`,
        remedy: `Use one of ${completionShells.join(', ')}.`,
        where: { object: `${program} completion` },
      });
    }
    ioOf(command).stdout.write(completionScript(known, program));
  });
}
