/** `config print upgrade-defaults`: prints a configuration file for `upgrade` with every default. */
import type { Command } from 'commander';
import { ioOf, setExamples } from 'phaserunner/commander';
import type { Setting } from '../machine.ts';
import { writeDocuments } from './write-documents.ts';

export function bindPrintUpgradeDefaults(command: Command, { program }: Setting): void {
  command.description('UpgradeConfiguration with every default. A file needs only the fields that differ.');
  setExamples(command, `${program} config print upgrade-defaults > upgrade.yaml`);
  command.action(async () => {
    const { upgradeDefaults } = await import('../../../config/print/defaults.ts');
    await writeDocuments(ioOf(command), upgradeDefaults());
  });
}
