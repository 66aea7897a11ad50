/** Writes documents to standard output, as a configuration file. */
import type { CommandIo } from 'phaserunner/commander';
import type { JsonObject } from '../../../config/types.ts';

export async function writeDocuments(io: CommandIo, documents: readonly JsonObject[]): Promise<void> {
  const { printYamlDocuments } = await import('../../../formats/yaml/print.ts');
  io.stdout.write(printYamlDocuments(documents));
}
