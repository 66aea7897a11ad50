import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Disk } from './files/disk.ts';
import { createFaultyHost, KilledError, type Fault } from './faulty.ts';
import { createMemoryHost } from './memory/host.ts';
import type { Host } from './port.ts';
import { createRealHost } from './real/host.ts';

type Make = (wrapDisk: (disk: Disk) => Disk) => Host;
const asItIs = (disk: Disk): Disk => disk;
const old = { '/pki/ca.key': 'key 1', '/pki/ca.crt': 'certificate 1' };
const pair = (generation: number): { path: string; content: string; mode: number }[] => [
  { path: '/pki/ca.key', content: `key ${generation}`, mode: 0o600 },
  { path: '/pki/ca.crt', content: `certificate ${generation}`, mode: 0o644 },
  { path: '/other/far/away', content: `other ${generation}`, mode: 0o600 },
];

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Returns a maker of hosts that all use the same new disk, which holds `old`. */
async function disks(kind: 'real' | 'memory'): Promise<Make> {
  let make: Make;
  if (kind === 'real') {
    const rootfs = mkdtempSync(join(tmpdir(), 'kubephase-faulty-'));
    folders.push(rootfs);
    make = (wrapDisk) => createRealHost({ rootfs, environment: {}, wrapDisk });
  } else {
    let kept: Disk | undefined;
    make = (wrapDisk) => createMemoryHost({ wrapDisk: (disk) => wrapDisk((kept ??= disk)) });
  }
  const { files } = make(asItIs);
  for (const [path, content] of Object.entries(old)) await files.write({ path, content, mode: 0o600 });
  return make;
}

const text = (content: Uint8Array | undefined): string | undefined =>
  content === undefined ? undefined : new TextDecoder().decode(content);

async function countSteps(kind: 'real' | 'memory'): Promise<number> {
  const faulty = createFaultyHost(await disks(kind), { failAt: 0, moment: 'before' });
  await faulty.host.files.writeTogether(pair(2));
  return faulty.steps();
}

describe.each(['real', 'memory'] as const)('a process that dies while it writes files together, %s disk', (kind) => {
  it('makes two folders, stages three files and renames them', async () => {
    expect(await countSteps(kind)).toBe(8);
  });

  it.each(['before', 'during'] as const)(
    'leaves at every step only whole files in place, and the next run succeeds (%s)',
    async (moment) => {
      const total = await countSteps(kind);
      for (let failAt = 1; failAt <= total; failAt += 1) {
        const make = await disks(kind);
        const faulty = createFaultyHost(make, { failAt, moment });
        await expect(faulty.host.files.writeTogether(pair(2))).rejects.toBeInstanceOf(KilledError);
        const { files } = make(asItIs);
        const [key, certificate] = [await files.readText('/pki/ca.key'), await files.readText('/pki/ca.crt')];
        expect(['key 1', 'key 2']).toContain(key);
        expect(['certificate 1', 'certificate 2']).toContain(certificate);
        if (key === 'key 2' && certificate === 'certificate 1')
          expect((await files.staged('/pki/ca.crt')).map(({ content }) => text(content))).toEqual(['certificate 2']);
        expect([key, certificate]).not.toEqual(['key 1', 'certificate 2']);
        await files.writeTogether(pair(3));
        expect(await files.readText('/pki/ca.crt')).toBe('certificate 3');
        expect((await files.list('/pki'))!.map(({ name }) => name)).toEqual(['ca.crt', 'ca.key']);
      }
    },
  );

  it('keeps a half-written key closed to others', async () => {
    const make = await disks(kind);
    const faulty = createFaultyHost(make, { failAt: 1, moment: 'during' });
    await expect(faulty.host.files.write({ path: '/pki/new.key', content: 'secret!!', mode: 0o600 })).rejects.toBeInstanceOf(KilledError);
    const { files } = make(asItIs);
    expect((await files.staged('/pki/new.key')).map(({ content, mode }) => [text(content), mode])).toEqual([['secr', 0o600]]);
    expect(await files.status('/pki/new.key')).toBeUndefined();
  });
});

describe('a process that died', () => {
  it('does nothing any more', async () => {
    const fault: Fault = { failAt: 1, moment: 'before' };
    const base = createMemoryHost({ services: { manager: 'systemd', services: { kubelet: 'active' } } });
    const { host, killed } = createFaultyHost((wrapDisk) => ({ ...createMemoryHost({ wrapDisk }), services: base.services }), fault);
    expect(killed()).toBe(false);
    await expect(host.services.stop('kubelet')).rejects.toBeInstanceOf(KilledError);
    expect(killed()).toBe(true);
    for (const call of [
      () => host.files.read('/x'),
      () => host.files.makeDirectory('/x', 0o755),
      () => host.files.list('/'),
      () => host.services.restart('kubelet'),
      () => host.services.manager(),
      () => host.services.log('kubelet', 1),
      () => host.programs.ask(['kubelet', '--version'], 1000),
      () => host.programs.find('kubelet'),
      () => host.mounts.list(),
      () => host.mounts.unmount('/data'),
    ]) {
      await expect(call()).rejects.toBeInstanceOf(KilledError);
    }
    expect(base.services.calls).toEqual([]);
  });
});
