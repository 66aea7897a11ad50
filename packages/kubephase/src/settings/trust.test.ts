import { chmodSync, chownSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryDisk, nodesFrom, type MemoryEntry } from '../host/memory/disk.ts';
import { loadSettings } from './settings.ts';
import { exposures, requireTrustedModule } from './trust.ts';

const root = { uid: 0, gid: 0 };
const alice = { uid: 1000, gid: 1000 };
const diskWith = (files: Readonly<Record<string, MemoryEntry>>) => createMemoryDisk({ nodes: nodesFrom(files), user: root, umask: 0o022 });

const file = '/etc/kubephase/settings.yaml';

describe('what root reads as settings or loads as code', () => {
  it.each<readonly [string, Readonly<Record<string, MemoryEntry>>, readonly string[]]>([
    ['belongs to root in folders of root', { [file]: 'x' }, []],
    ['is missing', {}, []],
    ['lies in a folder in which others can only add names', { '/etc/kubephase': { directory: true, mode: 0o1777 }, [file]: 'x' }, []],
    ['is a link of root to a file of root', { [file]: { link: '/opt/s.yaml' }, '/opt/s.yaml': 'x' }, []],
  ])('passes when it %s', (_, files) => {
    expect(exposures(diskWith(files), file)).toEqual([]);
  });

  it.each<readonly [string, Readonly<Record<string, MemoryEntry>>, string, string]>([
    ['belongs to another user', { [file]: { content: 'x', owner: alice } }, `${file} belongs to user 1000`, `chown root ${file}`],
    ['can be written by its group', { [file]: { content: 'x', mode: 0o664 } }, `${file} has the mode 0664`, `chmod go-w ${file}`],
    ['can be written by everybody', { [file]: { content: 'x', mode: 0o646 } }, `${file} has the mode 0646`, `chmod go-w ${file}`],
    [
      'lies in a folder of another user',
      { '/etc/kubephase': { directory: true, owner: alice }, [file]: 'x' },
      '/etc/kubephase belongs to user 1000',
      'chown root /etc/kubephase',
    ],
    [
      'lies in a folder in which others can swap it',
      { '/etc/kubephase': { directory: true, mode: 0o777 }, [file]: 'x' },
      '/etc/kubephase has the mode 0777',
      'chmod go-w /etc/kubephase',
    ],
    [
      'is a link to a folder of another user',
      { [file]: { link: '/home/alice/s.yaml' }, '/home/alice': { directory: true, owner: alice }, '/home/alice/s.yaml': 'x' },
      '/home/alice belongs to user 1000',
      'chown root /home/alice',
    ],
  ])('is refused when it %s', (...[, files, detail, remedy]) => {
    expect(exposures(diskWith(files), file)).toMatchObject([
      { detail: expect.stringContaining(detail), remedy: expect.stringContaining(remedy), where: { file } },
    ]);
  });
});

describe.runIf(process.getuid?.() === 0)('root', () => {
  let folder = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'trust-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('reads no settings that another user owns', async () => {
    const path = join(folder, 'settings.yaml');
    writeFileSync(path, 'apiVersion: kubephase.dev/v1alpha1\nkind: Settings\n');
    expect(await loadSettings({ KUBEPHASE_SETTINGS: path })).toEqual({ extraPhases: {} });
    chownSync(path, alice.uid, alice.gid);
    await expect(loadSettings({ KUBEPHASE_SETTINGS: path })).rejects.toMatchObject({ problem: { code: 'SETTINGS_EXPOSED' } });
  });

  it('loads no module that others can write', () => {
    const path = join(folder, 'phases.mjs');
    writeFileSync(path, '');
    expect(() => requireTrustedModule(path)).not.toThrow();
    chmodSync(path, 0o666);
    expect(() => requireTrustedModule(path)).toThrow(/other users than root can change/);
    expect(() => requireTrustedModule(join(folder, 'none.mjs'))).not.toThrow();
  });
});
