/** The settings file of kubephase: what a machine or a team adds to every run, such as extra phases. */
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
 * @throws ProblemError `SETTINGS_UNREADABLE` or `SETTINGS_INVALID`, every fault with its place
 */
export async function loadSettings(environment: Readonly<Record<string, string | undefined>>): Promise<Settings> {
  const [fs, path] = await Promise.all([import('node:fs/promises'), import('node:path')]);
  const named = environment['KUBEPHASE_SETTINGS'];
  const file = path.resolve(named === undefined || named === '' ? defaultSettingsPath : named);
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((named ?? '') === '' && isMissing(error)) return none;
    throw new ProblemError(unreadable(file, error));
  }
  const { readSettings } = await import('./read.ts');
  return { extraPhases: readSettings(text, file) };
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function unreadable(file: string, cause: unknown): Problem {
  return problem('SETTINGS_UNREADABLE', {
    summary: `the settings file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Mend the path in KUBEPHASE_SETTINGS or the permissions of the file.',
    where: { file },
    cause,
  });
}
