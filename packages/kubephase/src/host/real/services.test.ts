import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRealDisk } from './disk.ts';
import type { ProgramSearch } from './programs.ts';
import { createRealServices } from './services.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubephase-services-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a program on PATH that notes its arguments and does `body`. */
function program(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** A machine on whose PATH only these programs stand. */
const search = (): ProgramSearch => ({ tree: { disk: createRealDisk(), root: '' }, environment: { PATH: `relative:${folder}` } });
const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

describe('the services of a machine', () => {
  it('finds no manager when neither program is on PATH', async () => {
    expect(await createRealServices(search()).manager()).toBeUndefined();
    expect(await createRealServices({ ...search(), environment: {} }).manager()).toBeUndefined();
  });

  it('prefers systemd to OpenRC', async () => {
    program('systemctl', '');
    program('openrc', '');
    program('rc-service', '');
    program('rc-update', '');
    expect(await createRealServices(search()).manager()).toBe('systemd');
  });

  it('restarts a service of systemd after reading its units again', async () => {
    program('systemctl', '');
    const services = createRealServices(search());
    await services.stop('kubelet');
    await services.restart('kubelet');
    expect(calls()).toEqual(['systemctl stop kubelet', 'systemctl daemon-reload', 'systemctl restart kubelet']);
  });

  it('stops and restarts a service of OpenRC', async () => {
    program('openrc', '');
    program('rc-service', '');
    program('rc-update', '');
    const services = createRealServices(search());
    expect(await services.manager()).toBe('openrc');
    await services.stop('kubelet');
    await services.restart('kubelet');
    expect(calls()).toEqual(['rc-service kubelet stop', 'rc-service kubelet restart']);
  });

  it.each([
    ['rc-service', 'rc-update'],
    ['rc-update', 'rc-service'],
  ])('names the program that OpenRC lacks: %s', async (missing, other) => {
    program('openrc', '');
    program(other, '');
    await expect(createRealServices(search()).manager()).rejects.toMatchObject({
      problem: { code: 'SERVICE_MANAGER_MISSING', detail: `openrc is on PATH, but ${missing} is not` },
    });
  });

  it.each([
    { manager: 'systemd', output: 'Loaded: loaded (/lib/systemd/system/kubelet.service)', exitCode: 3, exists: true },
    { manager: 'systemd', output: 'Unit kubelet.service could not be found.', exitCode: 4, exists: false },
    { manager: 'systemd', output: 'Loaded: not-found (Reason: Unit not found)', exitCode: 4, exists: false },
    { manager: 'openrc', output: ' * status: stopped', exitCode: 3, exists: true },
    { manager: 'openrc', output: ' * rc-service: service `kubelet` does not exist', exitCode: 1, exists: false },
  ] as const)('reads from the status of $manager whether a service exists: $output', async ({ manager, output, exitCode, exists }) => {
    program(manager === 'systemd' ? 'systemctl' : 'rc-service', `echo '${output}'; exit ${exitCode}`);
    if (manager === 'openrc') for (const name of ['openrc', 'rc-update']) program(name, '');
    expect(await createRealServices(search()).exists('kubelet')).toBe(exists);
  });

  it.each([
    ['systemd', 'active', true],
    ['systemd', 'activating', true],
    ['systemd', 'inactive', false],
    ['openrc', ' * status: started', true],
    ['openrc', ' * status: stopped', false],
    ['openrc', ' * service does not exist', false],
  ] as const)('reads from the answer of %s whether a service runs: %s', async (manager, output, active) => {
    program(manager === 'systemd' ? 'systemctl' : 'rc-service', `echo '${output}'; exit 3`);
    if (manager === 'openrc') for (const name of ['openrc', 'rc-update']) program(name, '');
    expect(await createRealServices(search()).active('kubelet')).toBe(active);
  });

  it('keeps the command, its exit code and its last words when it fails', async () => {
    program('systemctl', 'i=0; while [ $i -lt 9 ]; do i=$((i+1)); echo "line $i" >&2; done; exit 5');
    await expect(createRealServices(search()).stop('my kubelet')).rejects.toMatchObject({
      problem: {
        code: 'PROGRAM_FAILED',
        summary: `the command failed: ${folder}/systemctl stop 'my kubelet'`,
        detail: 'exit code 5\nline 5\nline 6\nline 7\nline 8\nline 9',
      },
    });
  });
});
