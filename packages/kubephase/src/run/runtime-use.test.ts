import { defineWorkflow, type SelectionPart } from 'phaserunner';
import { describe, expect, test } from 'vitest';
import { runtimeUse } from './selection.ts';

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

const uses = (selection: readonly SelectionPart[], skipPhases: readonly string[] = [], named: readonly string[] = []): boolean =>
  runtimeUse(workflow, { selection, named, without: ['upload-config'] })(skipPhases);

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
    ['', [], [], false],
    [', but not for a phase that was asked for', [{ origin: 'command', only: ['preflight'] }], ['preflight'], true],
    [', but not beside names on the command line', [{ origin: '--skip-phases', skip: ['addon'] }], [], true],
  ] as const)('skipPhases of the file count%s', (...[, selection, asked, expected]) => {
    expect(uses(selection, ['preflight'], asked)).toBe(expected);
  });
});
