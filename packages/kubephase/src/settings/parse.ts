/** Reads the text of a settings file. */
import { dirname, resolve } from 'node:path';
import { ProblemError, type Problem } from 'phaserunner';
import { isMapping } from '../formats/data/mapping.ts';
import { readYaml } from '../formats/yaml/read.ts';
import { problem } from '../problems/catalogue.ts';

export const settingsApiVersion = 'kubephase.dev/v1alpha1';

/** Workflows that take extra phases: all that there are. */
export const workflowNames: readonly string[] = ['init'];

/** Paths of ES modules, by name of the workflow. */
type ExtraPhaseFiles = Readonly<Record<string, readonly string[]>>;

/**
 * Returns files with extra phases by name of the workflow, absolute.
 * @param file absolute path of the settings file, from whose folder relative paths count
 * @throws ProblemError `SETTINGS_INVALID`, every fault with its place
 */
export function parseSettings(text: string, file: string): ExtraPhaseFiles {
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
    ([workflow, files]) => [workflow, files.map((one) => resolve(dirname(file), one))] as const,
  );
  return Object.fromEntries(absolute);
}

type Refuse = (path: readonly (string | number)[], summary: string) => void;

function readExtraPhases(data: unknown, refuse: Refuse): ExtraPhaseFiles {
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
    if (!workflowNames.includes(workflow))
      refuse(['extraPhases', workflow], `there is no workflow ${workflow}; known: ${workflowNames.join(', ')}`);
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

function invalid(summary: string, where: NonNullable<Problem['where']>): Problem {
  return problem('SETTINGS_INVALID', {
    summary,
    remedy: `Write it as: apiVersion: ${settingsApiVersion}, kind: Settings, extraPhases: {init: [./my-phases.mjs]}.`,
    where,
  });
}
