/** The settings file of kubephase: what a machine or a team adds to every run, such as extra phases. */
import type { statSync } from 'node:fs';
import { ProblemError, type Problem } from 'phaserunner';
import { problem } from '../problems/catalogue.ts';

/** Read when the variable `KUBEPHASE_SETTINGS` does not name another file. */
export const defaultSettingsPath = '/etc/kubephase/settings.yaml';

export const settingsApiVersion = 'kubephase.dev/v1alpha1';

/** Workflows that take extra phases. */
const workflows: readonly string[] = ['init'];

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
  return parseSettings(text, file);
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

async function parseSettings(text: string, file: string): Promise<Settings> {
  const [{ readYaml }, paths] = await Promise.all([import('../formats/yaml/read.ts'), import('node:path')]);
  const document = readYaml(text);
  if ('fault' in document) {
    const { line, column } = document;
    throw new ProblemError(invalid(document.fault, { file, line, column }));
  }
  const problems: Problem[] = [];
  const refuse = (path: readonly (string | number)[], summary: string): void => {
    problems.push(invalid(summary, { file, ...document.positionOf(path), field: path.join('.') }));
  };
  const extraPhases = readExtraPhases(document.data, refuse);
  if (problems.length > 0) throw new ProblemError(problems);
  const absolute = Object.entries(extraPhases).map(
    ([workflow, files]) => [workflow, files.map((one) => paths.resolve(paths.dirname(file), one))] as const,
  );
  return { extraPhases: Object.fromEntries(absolute) };
}

type Refuse = (path: readonly (string | number)[], summary: string) => void;

function readExtraPhases(data: unknown, refuse: Refuse): Readonly<Record<string, readonly string[]>> {
  if (!isMapping(data)) {
    refuse([], 'the settings have to be a mapping');
    return {};
  }
  if (data['apiVersion'] !== settingsApiVersion) refuse(['apiVersion'], `apiVersion has to be ${settingsApiVersion}`);
  if (data['kind'] !== 'Settings') refuse(['kind'], 'kind has to be Settings');
  for (const key of Object.keys(data)) {
    if (!['apiVersion', 'kind', 'extraPhases'].includes(key)) refuse([key], `unknown field ${key}`);
  }
  const lists = data['extraPhases'] ?? {};
  if (!isMapping(lists)) {
    refuse(['extraPhases'], 'extraPhases has to map the name of a workflow to a list of files');
    return {};
  }
  for (const workflow of Object.keys(lists)) {
    if (!workflows.includes(workflow))
      refuse(['extraPhases', workflow], `there is no workflow ${workflow}; known: ${workflows.join(', ')}`);
  }
  return Object.fromEntries(Object.entries(lists).map(([workflow, files]) => [workflow, readFiles(workflow, files, refuse)]));
}

function readFiles(workflow: string, files: unknown, refuse: Refuse): readonly string[] {
  if (!Array.isArray(files)) {
    refuse(['extraPhases', workflow], 'a list of files is expected');
    return [];
  }
  return (files as readonly unknown[]).flatMap((file, index) => {
    if (typeof file === 'string' && file !== '') return [file];
    refuse(['extraPhases', workflow, index], 'the path of an ES module is expected');
    return [];
  });
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(file: string, cause: unknown): Problem {
  return problem('SETTINGS_UNREADABLE', {
    summary: `the settings file cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    remedy: 'Mend the path in KUBEPHASE_SETTINGS or the permissions of the file. Only a regular file of at most 1 MiB is read.',
    where: { file },
    cause,
  });
}

function invalid(summary: string, where: NonNullable<Problem['where']>): Problem {
  return problem('SETTINGS_INVALID', {
    summary,
    remedy: `Write it as: apiVersion: ${settingsApiVersion}, kind: Settings, extraPhases: {init: [./my-phases.mjs]}.`,
    where,
  });
}
