/** The settings file of kubephase: what a machine or a team adds to every run, such as extra phases. */
import type { statSync } from 'node:fs';
import { ProblemError, type Problem } from 'phaserunner';
import { problem } from '../problems/catalogue.ts';

/** Read when the variable `KUBEPHASE_SETTINGS` does not name another file. */
export const defaultSettingsPath = '/etc/kubephase/settings.yaml';

export interface Settings {
  /** Files with extra phases by name of the workflow, absolute. */
  readonly extraPhases: Readonly<Record<string, readonly string[]>>;
}

const none: Settings = { extraPhases: {} };

/**
 * Reads the settings. Without a settings file there are none; a file that the environment names has to exist.
 * @throws ProblemError `SETTINGS_UNREADABLE`, `SETTINGS_EXPOSED` or `SETTINGS_INVALID`, every fault with its place
 */
export async function loadSettings(environment: Readonly<Record<string, string | undefined>>): Promise<Settings> {
  const [fs, path] = await Promise.all([import('node:fs'), import('node:path')]);
  const named = environment['KUBEPHASE_SETTINGS'];
  const file = path.resolve(named === undefined || named === '' ? defaultSettingsPath : named);
  // Most machines have none: then nothing more is loaded.
  if ((named ?? '') === '' && isMissing(file, fs.statSync)) return none;
  const text = await readSettings(file);
  (await import('./trust.ts')).requireTrusted(file);
  const { parseSettings } = await import('./parse.ts');
  return { extraPhases: parseSettings(text, file) };
}

/** What cannot be looked at may be there: reading it tells why not. */
function isMissing(file: string, stat: typeof statSync): boolean {
  try {
    return stat(file, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}

async function readSettings(file: string): Promise<string> {
  const [{ readNamed }, { maxTextLength }] = await Promise.all([import('../host/real/read.ts'), import('../formats/yaml/text.ts')]);
  try {
    return readNamed(file, maxTextLength);
  } catch (error) {
    throw new ProblemError(unreadable(file, error));
  }
}

function unreadable(file: string, cause: unknown): Problem {
  return problem('SETTINGS_UNREADABLE', {
    summary: `the settings file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Mend the path in KUBEPHASE_SETTINGS or the permissions of the file. Only a regular file of at most 1 MiB is read.',
    where: { file },
    cause,
  });
}
