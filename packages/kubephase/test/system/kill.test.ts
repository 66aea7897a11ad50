/** The offline phases, killed at every step of every write and run again. */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultyHost, type Fault } from '../../src/host/faulty.ts';
import { createRealHost } from '../../src/host/real/host.ts';
import { offlineConfig, runOffline } from './offline-run.ts';
import { expectValidPki, pathsBelow } from './pki-tree.ts';

// Hundreds of runs: memory is faster than a disk, and the steps are the same.
const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

describe('a run that is killed', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(folder, 'kill-'));
    writeFileSync(join(root, 'config.yaml'), offlineConfig);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const good = () => createRealHost({ rootfs: root, environment: {} });

  /** Runs until the fault; returns the number of steps that were taken. */
  async function runWithFault(fault: Fault): Promise<number> {
    const { host, steps } = createFaultyHost((wrapDisk) => createRealHost({ rootfs: root, environment: {}, wrapDisk }), fault);
    const { status } = await runOffline(good(), host);
    expect(status).toBe(fault.failAt === 0 ? 'succeeded' : 'failed');
    return steps();
  }

  const paths = (): string[] => pathsBelow(root);
  const tree = (): string[] =>
    paths()
      .sort()
      .map((path) => `${(statSync(join(root, path)).mode & 0o777).toString(8)} ${path}`);
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');

  it('changes no byte when it is run twice', async () => {
    expect((await runOffline(good())).status).toBe('succeeded');
    const before = paths().map((path) => [path, statSync(join(root, path)).isFile() ? read(path) : '']);
    expect((await runOffline(good())).status).toBe('succeeded');
    expect(paths().map((path) => [path, statSync(join(root, path)).isFile() ? read(path) : ''])).toEqual(before);
  });

  it.each(['before', 'during'] as const)(
    'is complete after another run, wherever it was killed (%s a step)',
    async (moment) => {
      const steps = await runWithFault({ failAt: 0, moment });
      const complete = tree();
      expectValidPki(root);
      expect(steps).toBeGreaterThan(70);
      for (let failAt = 1; failAt <= steps; failAt += 1) {
        rmSync(root, { recursive: true });
        root = mkdtempSync(join(folder, 'kill-'));
        writeFileSync(join(root, 'config.yaml'), offlineConfig);
        await runWithFault({ failAt, moment });
        const { status, problems } = await runOffline(good());
        expect([failAt, status, problems]).toEqual([failAt, 'succeeded', undefined]);
        expect([failAt, tree()]).toEqual([failAt, complete]);
        expectValidPki(root);
      }
    },
    300_000,
  );

  it('is complete after another run when a power cut kept the second rename of a pair and lost the first', async () => {
    expect((await runOffline(good())).status).toBe('succeeded');
    const complete = tree();
    const contents = () => paths().flatMap((path) => (statSync(join(root, path)).isFile() ? [[path, read(path)]] : []));
    const before = contents();
    const keys = paths().filter((path) => path.startsWith('/etc/kubernetes/pki/') && path.endsWith('.key'));
    expect(keys).toHaveLength(11);
    for (const path of keys) {
      const staged = path.replace(/([^/]+)$/, '.$1.kubephase-new-0123456789ab');
      renameSync(join(root, path), join(root, staged));
      expect([path, (await runOffline(good())).status]).toEqual([path, 'succeeded']);
      expect([path, tree()]).toEqual([path, complete]);
    }
    expect(contents()).toEqual(before);
  });
});
