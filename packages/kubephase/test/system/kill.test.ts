/** The offline phases, killed at every step of every write and run again. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaultyHost, type Fault } from '../../src/host/faulty.ts';
import { createRealHost } from '../../src/host/real/host.ts';
import { offlineConfig, runOffline } from './offline-run.ts';

// Hundreds of runs: memory is faster than a disk, and the steps are the same.
const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** SPKI of a public key, or of the public half of a private one. */
function publicHalf(pem: string): string {
  return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
}

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

  const paths = (): string[] =>
    readdirSync(root, { recursive: true, withFileTypes: true }).map(
      (entry) => `/${relative(root, join(entry.parentPath ?? entry.path, entry.name))}`,
    );
  const tree = (): string[] =>
    paths()
      .sort()
      .map((path) => `${(statSync(join(root, path)).mode & 0o777).toString(8)} ${path}`);
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');

  function expectValidPki(): void {
    const pki = '/etc/kubernetes/pki';
    const authorities: Record<string, string> = { ca: 'ca', 'front-proxy-client': 'front-proxy-ca', 'front-proxy-ca': 'front-proxy-ca' };
    const certificates = paths().filter((path) => path.endsWith('.crt'));
    expect(certificates).toHaveLength(10);
    for (const path of certificates) {
      const name = path.slice(pki.length + 1, -4);
      const authority = authorities[name] ?? (name.startsWith('etcd/') || name === 'apiserver-etcd-client' ? 'etcd/ca' : 'ca');
      const certificate = new X509Certificate(read(path));
      expect(certificate.checkPrivateKey(createPrivateKey(read(path.replace(/crt$/, 'key'))))).toBe(true);
      expect(certificate.verify(new X509Certificate(read(`${pki}/${authority}.crt`)).publicKey)).toBe(true);
    }
    expect(publicHalf(read(`${pki}/sa.pub`))).toBe(publicHalf(read(`${pki}/sa.key`)));
  }

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
      expectValidPki();
      expect(steps).toBeGreaterThan(70);
      for (let failAt = 1; failAt <= steps; failAt += 1) {
        rmSync(root, { recursive: true });
        root = mkdtempSync(join(folder, 'kill-'));
        writeFileSync(join(root, 'config.yaml'), offlineConfig);
        await runWithFault({ failAt, moment });
        const { status, problems } = await runOffline(good());
        expect([failAt, status, problems]).toEqual([failAt, 'succeeded', undefined]);
        expect([failAt, tree()]).toEqual([failAt, complete]);
        expectValidPki();
      }
    },
    300_000,
  );
});
