/** `config print …-defaults`: configuration files with every default. */
import type { Command } from 'commander';
import { addFlags, ioOf, readFlags, setExamples, type CommandIo } from 'phaserunner/commander';
import type { JsonObject } from '../../config/types.ts';
import { printInitFlags } from '../../flags/config.ts';
import { openCall } from '../../run/call.ts';
import type { Setting } from '../../run/machine.ts';

export function bindPrintInitDefaults(command: Command, { program }: Setting): void {
  command.description(
    [
      'InitConfiguration and ClusterConfiguration with every default. Token, address and node name are placeholders: replace or remove them.',
      'A file needs only the fields that differ from the defaults.',
    ].join('\n'),
  );
  addFlags(command, printInitFlags);
  setExamples(
    command,
    [
      `${program} config print init-defaults > cluster.yaml`,
      `${program} config print init-defaults --component-configs KubeletConfiguration,KubeProxyConfiguration`,
    ].join('\n'),
  );
  command.action(async () => {
    const { flags } = readFlags(command);
    const { initDefaults } = await import('../../config/print/defaults.ts');
    const components = flags['component-configs'];
    await writeDocuments(ioOf(command), await initDefaults(Array.isArray(components) ? (components as readonly string[]) : []));
  });
}

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
    const { joinDefaults } = await import('../../config/print/defaults.ts');
    await writeDocuments(io, await joinDefaults(host.network.hostName()));
  });
}

export function bindPrintResetDefaults(command: Command, { program }: Setting): void {
  command.description('ResetConfiguration with every default. A file needs only the fields that differ.');
  setExamples(command, `${program} config print reset-defaults > reset.yaml`);
  command.action(async () => {
    const { resetDefaults } = await import('../../config/print/defaults.ts');
    await writeDocuments(ioOf(command), resetDefaults());
  });
}

export function bindPrintUpgradeDefaults(command: Command, { program }: Setting): void {
  command.description('UpgradeConfiguration with every default. A file needs only the fields that differ.');
  setExamples(command, `${program} config print upgrade-defaults > upgrade.yaml`);
  command.action(async () => {
    const { upgradeDefaults } = await import('../../config/print/defaults.ts');
    await writeDocuments(ioOf(command), upgradeDefaults());
  });
}

async function writeDocuments(io: CommandIo, documents: readonly JsonObject[]): Promise<void> {
  const { printYamlDocuments } = await import('../../formats/yaml/print.ts');
  io.stdout.write(printYamlDocuments(documents));
}
