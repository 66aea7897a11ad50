/** `config print reset-defaults`: prints a configuration file for `reset` with every default. */
import type { Command } from 'commander';
import { ioOf, setExamples } from 'phaserunner/commander';
import type { Setting } from '../machine.ts';
import { writeDocuments } from './write-documents.ts';

export function bindPrintResetDefaults(command: Command, { program }: Setting): void {
  command.description('ResetConfiguration with every default. A file needs only the fields that differ.');
  setExamples(command, `${program} config print reset-defaults > reset.yaml`);
  command.action(async () => {
    const { resetDefaults } = await import('../../../config/print/defaults.ts');
    await writeDocuments(ioOf(command), resetDefaults());
  });
}
