/** Reads the documents of a file that a command wants. */
import type { FlagValues } from 'phaserunner';
import { flagsAgainstConfig } from '../flags/fields.ts';
import type { FlagTable } from '../flags/flag.ts';
import type { Host } from '../host/port.ts';
import { problem } from '../problems/catalogue.ts';
import { readDocuments, type ConfigDocument } from './documents.ts';
import type { Findings } from './findings.ts';
import { readConfigFile } from './read-file.ts';
import { requireKind, selectDocuments, type Wanted } from './select.ts';

export interface FileDocuments {
  /** By kind. */
  readonly documents: ReadonlyMap<string, ConfigDocument>;
  /** True when something is wrong: defaults in place of what could not be read would only cause further problems. */
  readonly broken: boolean;
}

/** Returns undefined when there is no text; `findings` says why. */
export async function readFileDocuments(
  host: Pick<Host, 'files'>,
  { file, wanted }: { readonly file: string; readonly wanted: Wanted },
  findings: Findings,
): Promise<FileDocuments | undefined> {
  const content = await readConfigFile(host, file);
  if ('problem' in content) {
    findings.add('error', content.problem);
    return undefined;
  }
  const all = readDocuments(content.text, file, findings);
  const documents = selectDocuments(all, wanted, findings);
  if (!wanted.kinds.some((kind) => documents.has(kind))) requireKind(file, wanted, { all, findings });
  return { documents, broken: findings.problems.length > 0 };
}

/** Reports flags that set fields beside a file. Returns whether there are any. */
export function reportFlagConflicts(table: FlagTable, flags: FlagValues, findings: Findings): boolean {
  const names = flagsAgainstConfig(table, flags);
  if (names.length === 0) return false;
  const found = problem('FLAG_CONFLICT', {
    summary: `can not mix '--config' with arguments [${names.join(' ')}]`,
    remedy: 'Write these values into the configuration file, or leave out --config.',
    where: { object: '--config' },
  });
  findings.add('error', found);
  return true;
}
