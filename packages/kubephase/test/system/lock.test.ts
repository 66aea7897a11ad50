/** One run at a time: processes that start together, one that is killed, one that is interrupted while it makes keys. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exitCodes } from '../../src/problems/exit-code.ts';
import { programs } from '../programs.ts';
import { offlineConfig } from './offline-run.ts';
import { expectValidKubeconfigs, expectValidPki, pathsBelow } from './pki-tree.ts';
import { cleanEnvironment, createSandbox, type Sandbox } from './sandbox.ts';

/** Rounds with two and with ten processes. `LOCK_ROUNDS=200,30` for the long form. */
const [pairs = 20, tens = 5] = (process.env['LOCK_ROUNDS'] ?? '').split(',').filter(Boolean).map(Number);
/** How far apart the processes of a round start at most, one round after the other: at the same time, and in any part of a run. */
const spreadsMs = [0, 5, 20, 60, 200];
const locked = exitCodes.locked.code;
const signalExitCodes = { SIGINT: exitCodes.interrupted.code, SIGTERM: exitCodes.terminated.code } as const;

/** Keys that take many seconds. */
const slowConfig = offlineConfig.replace(/encryptionAlgorithm: .*/, 'encryptionAlgorithm: RSA-4096');

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcess;
  /** When the run is open: it has the lock. */
  readonly open: Promise<unknown>;
  readonly ended: Promise<Ended>;
}

function start([file = '', ...leading]: readonly string[], args: readonly string[]): Started {
  const child = spawn(file, [...leading, ...args], { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (stderr += text));
  return {
    child,
    open: once(child.stdout, 'data'),
    ended: once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr })),
  };
}

describe.each(programs)('runs on one tree with $name', ({ name, command, missing }) => {
  let sandbox: Sandbox;
  const renew = (): void => {
    sandbox = createSandbox(command);
    sandbox.write('config.yaml', offlineConfig);
    sandbox.write('slow.yaml', slowConfig);
  };
  beforeEach(renew);
  afterEach(() => sandbox.remove());

  const words = (config: string): readonly string[] => [
    'init',
    'phase',
    '--only=certs,kubeconfig',
    `--rootfs=${sandbox.root}`,
    `--config=${config}`,
  ];

  /** Starts `count` runs within the spread; returns how many succeeded. */
  async function round(count: number, spreadMs: number): Promise<number> {
    const outcomes = await Promise.all(
      Array.from({ length: count }, async () => {
        await pause(Math.random() * spreadMs);
        return start(command, words('/config.yaml')).ended;
      }),
    );
    for (const { code, stderr } of outcomes) {
      expect({ code, stderr }).toEqual(
        code === 0 ? { code, stderr: '' } : { code: locked, stderr: expect.stringContaining('code: RUN_LOCKED') as string },
      );
      if (code !== 0) expect(stderr).toMatch(/process \d+, started \d{4}-.* UTC: kubeph\S+ init phase --only=certs,kubeconfig/);
    }
    expectValidPki(sandbox.root);
    expectValidKubeconfigs(sandbox.root);
    expect(pathsBelow(sandbox.root).filter((path) => path.includes('kubephase'))).toEqual([]);
    return outcomes.filter(({ code }) => code === 0).length;
  }

  it.each([
    [2, pairs],
    [10, tens],
  ])(
    'that start together, %i in each of %i rounds, never mix: who did not succeed was told so',
    async (count, rounds) => {
      if (missing !== undefined) return;
      const succeeded: number[] = [];
      for (let done = 0; done < rounds; done += 1) {
        succeeded.push(await round(count, spreadsMs[done % spreadsMs.length] ?? 0));
        sandbox.remove();
        renew();
      }
      expect(Math.min(...succeeded)).toBeGreaterThan(0);
      const all = succeeded.reduce((sum, one) => sum + one, 0);
      process.stdout.write(
        `${rounds} rounds of ${count}: ${all} succeeded, ${rounds * count - all} were told that another run is at work\n`,
      );
    },
    3_600_000,
  );

  it('are not kept away by one that was killed', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const { child, open, ended } = start(command, words('/slow.yaml'));
    await open;
    const loser = sandbox.run(words('/config.yaml'));
    expect({ code: loser.exitCode, stderr: loser.stderr }).toEqual({
      code: locked,
      stderr: expect.stringContaining(`process ${child.pid}, `) as string,
    });
    child.kill('SIGKILL');
    expect(await ended).toMatchObject({ signal: 'SIGKILL' });
    expect(sandbox.run(words('/config.yaml'))).toMatchObject({ exitCode: 0, stderr: '' });
    expectValidPki(sandbox.root);
  });

  it('wait for each other when they are asked to', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const { child, open, ended } = start(command, words('/slow.yaml'));
    await open;
    const waiter = start(command, [...words('/config.yaml'), '--wait-for-lock=10m']);
    await waiter.open;
    child.kill('SIGTERM');
    await ended;
    const { code, stdout } = await waiter.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`end of another run: process ${child.pid}, `) as string });
    expectValidPki(sandbox.root);
  });

  it('end by the signal that interrupts them, without waiting for the keys that are being made', async (context) => {
    if (missing !== undefined) context.skip(missing);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { child, open, ended } = start(command, words('/slow.yaml'));
      await open;
      child.kill(signal);
      const { code, signal: endedBy, stderr } = await ended;
      // Node would wait for the keys before it exits with a code.
      expect(name === 'node' ? endedBy : code).toBe(name === 'node' ? signal : signalExitCodes[signal]);
      expect(stderr).toContain('code: RUN_CANCELLED');
    }
  });

  it('that only show what they would do are not kept away', async (context) => {
    if (missing !== undefined) context.skip(missing);
    const { child, open, ended } = start(command, words('/slow.yaml'));
    await open;
    const environment = { KUBEADM_INIT_DRYRUN_DIR: '/dry' };
    expect(
      sandbox.run(['init', 'phase', 'certs', 'ca', `--rootfs=${sandbox.root}`, '--config=/config.yaml', '--dry-run'], { environment }),
    ).toMatchObject({ exitCode: 0 });
    child.kill('SIGTERM');
    await ended;
  });
});
