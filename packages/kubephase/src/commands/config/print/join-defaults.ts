/** `config print join-defaults`: prints a configuration file for `join` with every default. */
import type { Command } from 'commander';
import { setExamples } from 'phaserunner/commander';
import { openCall } from '../call.ts';
import type { Setting } from '../machine.ts';
import { writeDocuments } from './write-documents.ts';

export function bindPrintJoinDefaults(command: Command, { program, machine }: Setting): void {
  command.description(
    [
      'JoinConfiguration with every default and the name of this machine. Endpoint and tokens are placeholders: replace them, and',
      'replace unsafeSkipCAVerification by caCertHashes, with which the cluster is known to be the right one.',
    ].join('\n'),
  );
  setExamples(command, `${program} config print join-defaults > join.yaml`);
  command.action(async () => {
    const { host, io } = await openCall(command, machine, 'config');
    const { joinDefaults } = await import('../../../config/print/defaults.ts');
    await writeDocuments(io, await joinDefaults(host.network.hostName()));
  });
}
