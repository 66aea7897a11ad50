import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

const environment = (): { PATH: string } => ({ PATH: folder });
const calls = (): string[] => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

describe('the services of a machine', () => {
  it('finds no manager when neither program is on PATH', async () => {
    expect(await createRealServices(environment()).manager()).toBeUndefined();
    expect(await createRealServices({}).manager()).toBeUndefined();
  });

  it('prefers systemd to OpenRC', async () => {
    program('systemctl', '');
    program('openrc', '');
    program('rc-service', '');
    expect(await createRealServices(environment()).manager()).toBe('systemd');
  });

  it('restarts a service of systemd after reading its units again', async () => {
    program('systemctl', '');
    const services = createRealServices(environment());
    await services.stop('kubelet');
    await services.restart('kubelet');
    expect(calls()).toEqual(['systemctl stop kubelet', 'systemctl daemon-reload', 'systemctl restart kubelet']);
  });

  it('stops and restarts a service of OpenRC', async () => {
    program('openrc', '');
    program('rc-service', '');
    const services = createRealServices(environment());
    expect(await services.manager()).toBe('openrc');
    await services.stop('kubelet');
    await services.restart('kubelet');
    expect(calls()).toEqual(['rc-service kubelet stop', 'rc-service kubelet restart']);
  });

  it('names the program that OpenRC lacks', async () => {
    program('openrc', '');
    await expect(createRealServices(environment()).manager()).rejects.toMatchObject({
      problem: { code: 'SERVICE_MANAGER_MISSING', detail: 'openrc is on PATH, but rc-service is not' },
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
    if (manager === 'openrc') program('openrc', '');
    expect(await createRealServices(environment()).exists('kubelet')).toBe(exists);
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
    if (manager === 'openrc') program('openrc', '');
    expect(await createRealServices(environment()).active('kubelet')).toBe(active);
  });

  it('keeps the command, its exit code and its last words when it fails', async () => {
    program('systemctl', 'i=0; while [ $i -lt 9 ]; do i=$((i+1)); echo "line $i" >&2; done; exit 5');
    await expect(createRealServices(environment()).stop('my kubelet')).rejects.toMatchObject({
      problem: {
        code: 'COMMAND_FAILED',
        summary: `the command failed: ${folder}/systemctl stop 'my kubelet'`,
        detail: 'exit code 5\nline 5\nline 6\nline 7\nline 8\nline 9',
      },
    });
  });
});
