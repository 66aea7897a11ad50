import { defineWorkflow } from 'phaserunner';
import { expect, test } from 'vitest';
import { configuredSelection } from './selection.ts';

const run = (): void => undefined;
const workflow = defineWorkflow<object>({
  name: 'brew',
  summary: 'Brew',
  phases: [
    { name: 'water', summary: 'Water', phases: [{ name: 'boil', summary: 'Boil', run }] },
    { name: 'cup', summary: 'Cup', run },
  ],
});
const place = { file: 'tea.yaml', line: 3 };

test('what the file skips does not count for a phase that was asked for by name, and that is told', () => {
  const config = { skipPhases: ['cup'] };
  const { parts, notices } = configuredSelection(workflow, { config, place, commandLine: [], phase: 'water' });
  expect(parts).toEqual([]);
  expect(notices).toEqual([{ level: 'info', text: 'skipPhases in tea.yaml:3:1 does not count here, because water was asked for by name' }]);
});

test('what the command line skips below such a phase counts, without a word about the file', () => {
  const commandLine = [{ origin: '--skip-phases', skip: ['water/boil'] }];
  const config = { skipPhases: ['water/boil'] };
  expect(configuredSelection(workflow, { config, place, commandLine, phase: 'water' })).toMatchObject({ parts: [], notices: [] });
});

test('what the file skips is a part of the selection, unless the command line names what to skip', () => {
  const config = { skipPhases: ['cup'] };
  const sources = { config, place, phase: undefined };
  expect(configuredSelection(workflow, { ...sources, commandLine: [] }).parts).toEqual([
    { origin: 'skipPhases in tea.yaml:3:1', skip: ['cup'] },
  ]);
  expect(configuredSelection(workflow, { ...sources, commandLine: [{ origin: '--skip-phases', skip: ['water'] }] }).parts).toEqual([]);
});

const switches = <T>(config: T, skippedPaths: readonly string[]) => ({ config, skippedPaths: [...skippedPaths, 'water/boil'] });

test('phases that the configuration switches off are skipped, each once', () => {
  const { parts } = configuredSelection(workflow, {
    config: { skipPhases: ['cup'] },
    place: undefined,
    commandLine: [],
    phase: undefined,
    switches,
  });
  expect(parts).toMatchObject([
    { origin: 'skipPhases in the configuration', skip: ['cup'] },
    { origin: 'add-ons disabled in the configuration', skip: ['water/boil'] },
  ]);
});
