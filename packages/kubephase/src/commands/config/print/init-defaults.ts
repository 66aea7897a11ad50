/** `config print init-defaults`: prints a configuration file for `init` with every default. */
import type { Command } from 'commander';
import { addFlags, ioOf, readFlags, setExamples } from 'phaserunner/commander';
import { printInitFlags } from '../../../flags/config.ts';
import type { Setting } from '../machine.ts';
import { writeDocuments } from './write-documents.ts';

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
    const [{ flags }, { initDefaults }] = await Promise.all([readFlags(command), import('../../../config/print/defaults.ts')]);
    const components = flags['component-configs'];
    await writeDocuments(ioOf(command), await initDefaults(Array.isArray(components) ? (components as readonly string[]) : []));
  });
}
