/** Which commands keep others away, and when they stop to. */
import { describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/problems/exit-code.ts';
import type { LockRegister } from '../../src/run/lock/memory.ts';
import { runCommandLine, type Ended } from '../fixtures/command-line.ts';
import { readyMachine } from '../fixtures/machine-files.ts';

const configOf = (dryRun: boolean): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration: {name: cp1}
dryRun: ${dryRun}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ECDSA-P256
`;

const files = { ...readyMachine.files, '/cluster.yaml': configOf(false), '/dry.yaml': configOf(true) };
const busy = (): LockRegister => ({ holder: { pid: 4711, command: 'kubephase init', startedAtMs: 0 } });

function run(line: string, locks: LockRegister, stdin?: string): Promise<Ended> {
  return runCommandLine(line.split(' '), { machine: { ...readyMachine, files }, locks, ...(stdin === undefined ? {} : { stdin }) });
}

describe('beside another run', () => {
  test.each([
    'init --config /cluster.yaml',
    'init phase certs ca --config /cluster.yaml',
    'init phase --only certs --config /cluster.yaml',
    'init --config /missing.yaml',
    'init --config -',
  ])('%s is refused before anything is written', async (line) => {
    const { code, stderr, host } = await run(line, busy(), configOf(false));
    expect({ code, stderr }).toEqual({ code: exitCodes.locked.code, stderr: expect.stringContaining('process 4711, started') as string });
    expect(stderr).toContain('code: RUN_LOCKED');
    expect(Object.keys(host.snapshot()).filter((path) => path.startsWith('/etc/kubernetes/pki'))).toEqual([]);
  });

  test.each([
    'init phase certs --config /cluster.yaml --dry-run',
    'init phase certs --config /dry.yaml',
    'init phase addon coredns --print-manifest --config /cluster.yaml',
    'config validate --config /cluster.yaml',
  ])('%s goes on, as it changes nothing', async (line) => {
    expect(await run(line, busy())).toMatchObject({ code: 0 });
  });

  test('a time to wait that is none is refused', async () => {
    expect(await run('init phase certs --config /cluster.yaml --wait-for-lock=-5s', {})).toMatchObject({ code: 2 });
  });
});

describe('the lock', () => {
  test('is let go when the run has succeeded, when it failed, and when it could not start', async () => {
    const locks: LockRegister = {};
    expect(await run('init phase certs --config /cluster.yaml', locks)).toMatchObject({ code: 0 });
    expect(locks).toEqual({});
    expect((await run('init phase kubeconfig --config /cluster.yaml', locks)).code).toBeGreaterThan(0);
    expect(locks).toEqual({});
    expect(await run('init phase certs --config /missing.yaml', locks)).toMatchObject({ code: exitCodes.configuration.code });
    expect(locks).toEqual({});
  });

  test('is not kept by a dry run that only the file asks for', async () => {
    const locks: LockRegister = {};
    expect(await run('init phase certs --config /dry.yaml', locks)).toMatchObject({ code: 0 });
    expect(locks).toEqual({});
  });
});
