import { describe, expect, it } from 'vitest';
import { createMemoryHost, type MemoryHost } from '../memory/host.ts';
import { systemError, type Disk } from './disk.ts';

const pair = [
  { path: '/pki/ca.key', content: 'new key', mode: 0o600, secret: true },
  { path: '/pki/ca.crt', content: 'new certificate', mode: 0o644 },
];

/** A host with an old pair whose disk behaves as `faults` say. */
function faultyHost(faults: (disk: Disk) => Partial<Disk>): MemoryHost {
  const files = { '/pki/ca.key': 'old key', '/pki/ca.crt': 'old certificate' };
  return createMemoryHost({ files, wrapDisk: (disk) => ({ ...disk, ...faults(disk) }) });
}

/** Content by path of what stands in the folder. */
function contents(host: MemoryHost): Readonly<Record<string, string>> {
  const entries = Object.entries(host.snapshot()).filter(([path]) => path.startsWith('/pki/'));
  return Object.fromEntries(entries.map(([path, { text }]) => [path, text]));
}

const fullDisk = (disk: Disk): Partial<Disk> => ({
  stage: (path, content, access) => {
    disk.stage(path, content, access);
    if (path.includes('crt')) throw systemError('ENOSPC', 'no space left on device, write');
  },
});

describe('writing files together', () => {
  it('leaves the old files and nothing else when the disk is full', async () => {
    const host = faultyHost(fullDisk);
    await expect(host.files.writeTogether(pair)).rejects.toMatchObject({
      problem: {
        code: 'FILE_NO_SPACE',
        summary: 'cannot write /pki/ca.crt',
        detail: 'ENOSPC: no space left on device',
        remedy: expect.stringContaining('room'),
        where: { file: '/pki/ca.crt' },
      },
    });
    expect(contents(host)).toEqual({ '/pki/ca.key': 'old key', '/pki/ca.crt': 'old certificate' });
  });

  it('reports why staging failed also when what was staged cannot be removed', async () => {
    const host = faultyHost((disk) => ({
      ...fullDisk(disk),
      remove: () => {
        throw systemError('EROFS', 'read-only file system');
      },
    }));
    await expect(host.files.writeTogether(pair)).rejects.toMatchObject({ problem: { code: 'FILE_NO_SPACE' } });
    expect(contents(host)).toMatchObject({ '/pki/ca.key': 'old key', '/pki/ca.crt': 'old certificate' });
  });

  it('keeps the second file staged when only the first could be renamed', async () => {
    const host = faultyHost((disk) => ({
      rename: (from, to) => {
        if (to.endsWith('crt')) throw systemError('EIO', 'input/output error');
        disk.rename(from, to);
      },
    }));
    await expect(host.files.writeTogether(pair)).rejects.toMatchObject({
      problem: { code: 'FILE_UNWRITABLE', detail: 'EIO: input/output error' },
    });
    expect(contents(host)).toMatchObject({ '/pki/ca.key': 'new key', '/pki/ca.crt': 'old certificate' });
    const staged = await host.files.staged('/pki/ca.crt');
    expect(staged.map(({ content }) => new TextDecoder().decode(content))).toEqual(['new certificate']);
  });

  it('syncs each folder once, after the renames', async () => {
    const calls: string[] = [];
    const host = faultyHost((disk) => ({
      rename: (from, to) => {
        calls.push(`rename ${to}`);
        disk.rename(from, to);
      },
      syncDirectory: (path) => calls.push(`sync ${path}`),
    }));
    await host.files.writeTogether(pair);
    expect(calls).toEqual(['rename /pki/ca.key', 'rename /pki/ca.crt', 'sync /pki']);
  });

  it('never opens or renames what another process staged', async () => {
    const files = { '/pki/sa.key': 'old' };
    const others: { write?: () => Promise<void> } = {};
    const names: string[] = [];
    const host = createMemoryHost({
      files,
      wrapDisk: (disk) => ({
        ...disk,
        rename: (from, to) => {
          names.push(from);
          // The other process stages and renames between the two steps of this one.
          const { write } = others;
          delete others.write;
          void write?.();
          disk.rename(from, to);
        },
      }),
    });
    const write = (content: string): Promise<void> => host.files.write({ path: '/pki/sa.key', content, mode: 0o600 });
    others.write = () => write('of the other');
    await expect(write('of this one')).rejects.toMatchObject({ problem: { code: 'FILE_UNWRITABLE' } });
    expect(new Set(names).size).toBe(2);
    expect(await host.files.readText('/pki/sa.key')).toBe('of the other');
  });
});

describe('a file that is a mount of its own', () => {
  const path = '/var/lib/kubelet/config.yaml';
  const mounts = [{ source: '/dev/sda1', path, type: 'ext4', options: ['rw'] }];
  const file = { path, content: 'new', mode: 0o600 };

  it('is written in place, and nothing stays beside it', async () => {
    const host = createMemoryHost({ files: { [path]: { content: 'old', mode: 0o640 } }, mounts });
    await host.files.write(file);
    expect(await host.files.readText(path)).toBe('new');
    expect(await host.files.status(path)).toMatchObject({ mode: 0o640 });
    expect((await host.files.list('/var/lib/kubelet'))!.map(({ name }) => name)).toEqual(['config.yaml']);
  });

  it('is completed by the next run when the process died half-way', async () => {
    let alive = true;
    const host = createMemoryHost({
      files: { [path]: 'old' },
      mounts,
      wrapDisk: (disk) => ({
        ...disk,
        overwrite: (place, content) => {
          disk.overwrite(place, alive ? content : content.subarray(0, 1));
          if (!alive) throw new Error('killed');
        },
      }),
    });
    alive = false;
    await expect(host.files.write(file)).rejects.toThrow('killed');
    alive = true;
    const [staged = { name: 'nothing is staged', content: new Uint8Array(), mode: 0 }] = await host.files.staged(path);
    expect(new TextDecoder().decode(staged.content)).toBe('new');
    await host.files.adoptStaged(path, staged);
    expect(await host.files.readText(path)).toBe('new');
    expect(await host.files.staged(path)).toEqual([]);
  });

  it('is an obstacle only when its content cannot be changed', async () => {
    const files = { [path]: { content: 'old', mode: 0o644 }, '/var/lib/kubelet': { directory: true, mode: 0o755 } } as const;
    expect(await createMemoryHost({ files, mounts }).files.obstacle(path)).toBeUndefined();
    expect(await createMemoryHost({ files, mounts, uid: 1000 }).files.obstacle(path)).toMatchObject({
      code: 'FILE_UNWRITABLE',
      where: { file: path },
    });
  });
});
