import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createMemoryDisk, nodesFrom } from '../memory/disk.ts';
import { createRealMounts, parseMounts } from './mounts.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubephase-umount-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the table of the kernel is read with its escapes', () => {
  const text = [
    'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nsdelegate 0 0',
    String.raw`/dev/sda1 /mnt/two\040words\011\134\043 ext4 ro 0 0`,
    'server:/grüße /mnt/grüße nfs4 rw,addr=192.0.2.1 0 0',
    'damaged',
    '',
  ].join('\n');
  expect(parseMounts(text)).toEqual([
    { source: 'cgroup2', path: '/sys/fs/cgroup', type: 'cgroup2', options: ['rw', 'nosuid', 'nsdelegate'] },
    { source: '/dev/sda1', path: '/mnt/two words\t\\#', type: 'ext4', options: ['ro'] },
    { source: 'server:/grüße', path: '/mnt/grüße', type: 'nfs4', options: ['rw', 'addr=192.0.2.1'] },
  ]);
});

/** Mounts of a machine whose umount says `message` and fails. `table` is what the kernel shows. */
function mountsWith(message: string, table?: string): ReturnType<typeof createRealMounts> {
  writeFileSync(join(folder, 'umount'), `#!/bin/sh\necho "${message}: $*" >&2\nexit 32\n`);
  chmodSync(join(folder, 'umount'), 0o755);
  const nodes = nodesFrom(table === undefined ? {} : { '/proc/self/mounts': table });
  const disk = createMemoryDisk({ nodes, user: { uid: 0, gid: 0 }, umask: 0o022 });
  return createRealMounts({ tree: { disk, root: '' }, environment: { PATH: folder } });
}

describe('unmount', () => {
  it.each([
    [false, 'target is busy: /data', 'End what uses it (fuser -vm /data lists it), or unmount it lazily.'],
    [true, 'target is busy: -l /data', 'Run by hand: umount -l /data'],
  ])('keeps what umount says when it fails (lazy: %s)', async (lazy, detail, remedy) => {
    const mounts = mountsWith('target is busy', 'tmpfs /data tmpfs rw 0 0\n');
    await expect(mounts.unmount('/data', { lazy })).rejects.toMatchObject({
      problem: { code: 'UNMOUNT_FAILED', summary: 'cannot unmount /data', detail, remedy, where: { file: '/data' } },
    });
  });

  it('is content when the mount has gone with another one', async () => {
    await mountsWith('not mounted', 'tmpfs /other tmpfs rw 0 0\n').unmount('/data');
  });

  it('does not take a missing table for an empty one', async () => {
    const mounts = mountsWith('permission denied');
    expect(await mounts.list()).toBeUndefined();
    await expect(mounts.unmount('/data')).rejects.toMatchObject({ problem: { code: 'UNMOUNT_FAILED' } });
  });
});
