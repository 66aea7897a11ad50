import { defineWorkflow, type SelectionPart } from 'phaserunner';
import { describe, expect, test } from 'vitest';
import { applyAddonSkips } from '../config/addons.ts';
import { configuredSelection, runtimeUse } from './selection.ts';

const phase = (name: string, flags: readonly 'cri-socket'[] = [], children: readonly string[] = []) => ({
  name,
  summary: name,
  flags,
  phases: children.map((child) => ({ name: child, summary: child, flags, run: () => undefined })),
  ...(children.length === 0 ? { run: () => undefined } : {}),
});

const workflow = defineWorkflow({
  name: 'demo',
  summary: 'Demo',
  flags: { 'cri-socket': { name: 'cri-socket', type: 'string', description: 'Socket' } },
  phases: [
    phase('preflight', ['cri-socket']),
    phase('certs', [], ['ca', 'sa']),
    phase('upload-config', ['cri-socket'], ['kubeadm']),
    phase('addon', [], ['coredns', 'kube-proxy']),
  ],
});

const place = { file: 'c.yaml', line: 4, column: 3 };

function select(skipPhases: readonly string[], commandLine: readonly SelectionPart[] = [], asked?: string) {
  return configuredSelection(workflow, { config: { skipPhases }, place, commandLine, phase: asked });
}

const uses = (selection: readonly SelectionPart[], skipPhases: readonly string[] = [], asked?: string): boolean =>
  runtimeUse(workflow, { selection, phase: asked, without: ['upload-config'] })(skipPhases);

describe('what the configuration adds to the selection', () => {
  test('skipPhases of the file count, with their place', () => {
    expect(select(['certs', 'nonsense'])).toEqual({
      config: { skipPhases: ['certs', 'nonsense'] },
      parts: [{ origin: 'skipPhases in c.yaml:4:3', skip: ['certs', 'nonsense'] }],
      notices: [],
    });
  });

  test('names on the command line replace those of the file', () => {
    expect(select(['certs'], [{ origin: '--skip-phases', skip: ['addon'] }])).toMatchObject({ parts: [], notices: [] });
  });

  test('other restrictions of the command line do not', () => {
    expect(select(['certs'], [{ origin: '--from', from: 'certs' }]).parts).toMatchObject([{ skip: ['certs'] }]);
  });

  test('a phase that was asked for by its command runs, and a notice says that the file does not count', () => {
    expect(select(['certs'], [], 'certs/ca')).toMatchObject({
      parts: [],
      notices: [{ level: 'info', text: 'skipPhases in c.yaml:4:3 does not count here, because certs/ca was asked for by name' }],
    });
    expect(select([], [], 'certs/ca').notices).toEqual([]);
  });

  test('nothing is added when the file skips nothing', () => {
    expect(select([])).toMatchObject({ parts: [], notices: [] });
  });

  test('add-ons that the configuration disables are left out, and those that are skipped are disabled', () => {
    const config = {
      skipPhases: ['addon/coredns'],
      cluster: { dns: { disabled: false }, proxy: { disabled: true } },
    } as never as Parameters<typeof applyAddonSkips>[0] & { readonly skipPhases: readonly string[] };
    const { parts, config: switched } = configuredSelection(workflow, {
      config,
      switches: (given, paths) => applyAddonSkips(given, paths) as never,
      place: undefined,
      commandLine: [],
      phase: undefined,
    });
    expect(parts).toEqual([
      { origin: 'skipPhases in the configuration', skip: ['addon/coredns'] },
      { origin: 'add-ons disabled in the configuration', skip: ['addon/kube-proxy'] },
    ]);
    expect(switched.cluster).toMatchObject({ dns: { disabled: true }, proxy: { disabled: true } });
  });
});

describe('the container runtime is used', () => {
  test.each([
    ['when everything runs', [], true],
    ['not by phases without its socket', [{ origin: '--only', only: ['certs/ca'] }], false],
    ['not by one that takes the flag and does without', [{ origin: '--only', only: ['upload-config/kubeadm'] }], false],
    ['not when the phase with it is skipped', [{ origin: '--skip-phases', skip: ['preflight'] }], false],
    ['when that is selected among others', [{ origin: '--only', only: ['certs', 'preflight'] }], true],
  ] as const)('%s', (_, selection, expected) => {
    expect(uses(selection)).toBe(expected);
  });

  test.each([
    ['', [], undefined, false],
    [', but not for a phase that was asked for', [{ origin: 'command', only: ['preflight'] }], 'preflight', true],
    [', but not beside names on the command line', [{ origin: '--skip-phases', skip: ['addon'] }], undefined, true],
  ] as const)('skipPhases of the file count%s', (...[, selection, asked, expected]) => {
    expect(uses(selection, ['preflight'], asked)).toBe(expected);
  });
});
