import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Disk } from '../files/disk.ts';
import { createRealDisk } from './disk.ts';
import { createRealHost } from './host.ts';
import { placesBelow } from './places.ts';

let folder = '';
let root = '';
let outside = '';
let disk: Disk;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'places-')));
  [root, outside] = [join(folder, 'root'), join(folder, 'outside')];
  for (const place of [root, outside]) {
    fs.mkdirSync(join(place, 'd/sub'), { recursive: true });
    fs.writeFileSync(join(place, 'd/file'), place, { mode: 0o640 });
  }
  disk = createRealDisk(placesBelow(root));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Everything outside, with modes and contents. */
const picture = (): readonly unknown[] =>
  fs.readdirSync(outside, { recursive: true, encoding: 'utf8' }).map((name) => {
    const status = fs.lstatSync(join(outside, name));
    return [name, status.mode, status.uid, status.isFile() ? fs.readFileSync(join(outside, name), 'utf8') : ''];
  });

/** What the owner of the root folder does while the program works. */
function swap(name: string): void {
  fs.renameSync(join(root, name), join(root, `${name}.away`));
  fs.symlinkSync(join(outside, name), join(root, name));
}

const openDescriptors = (): number => fs.readdirSync('/proc/self/fd').length;

const uses: Readonly<Record<string, (use: Disk) => unknown>> = {
  look: (use) => use.look(join(root, 'd/file')),
  readLink: (use) => use.readLink(join(root, 'd/file')),
  read: (use) => use.read(join(root, 'd/file'), 100),
  readEnd: (use) => use.readEnd(join(root, 'd/file'), 100),
  readDirectory: (use) => use.readDirectory(join(root, 'd/sub')),
  isMountPoint: (use) => use.isMountPoint(join(root, 'd/file')),
  requireChangeable: (use) => use.requireChangeable(join(root, 'd/sub')),
  requireWritable: (use) => use.requireWritable(join(root, 'd/file')),
  makeDirectory: (use) => use.makeDirectory(join(root, 'd/new'), 0o755),
  stage: (use) => use.stage(join(root, 'd/new'), new Uint8Array(), { mode: 0o644 }),
  overwrite: (use) => use.overwrite(join(root, 'd/file'), new Uint8Array()),
  'rename to': (use) => use.rename(join(root, 'x'), join(root, 'd/file')),
  'rename from': (use) => use.rename(join(root, 'd/file'), join(root, 'y')),
  remove: (use) => use.remove(join(root, 'd/file')),
  syncDirectory: (use) => use.syncDirectory(join(root, 'd/sub')),
  setMode: (use) => use.setMode(join(root, 'd/file'), 0o666),
  setOwner: (use) => use.setOwner(join(root, 'd/file'), { uid: 12_345, gid: 12_345 }),
};

describe.runIf(process.platform === 'linux')('a disk below a root folder', () => {
  it.each(Object.keys(uses))('does not go through a folder that was swapped for a link: %s', async (name) => {
    fs.writeFileSync(join(root, 'x'), '');
    swap('d');
    const before = picture();
    await expect((async () => uses[name]?.(disk))()).rejects.toMatchObject({
      code: 'ESTALE',
      message: expect.stringContaining('/d was replaced'),
    });
    expect(picture()).toEqual(before);
  });

  it.each(['read', 'readEnd', 'overwrite', 'setMode', 'readDirectory'])(
    'does not follow a link that took the place of what was found: %s',
    async (name) => {
      swap(name === 'readDirectory' ? 'd/sub' : 'd/file');
      const before = picture();
      await expect((async () => uses[name]?.(disk))()).rejects.toMatchObject({ code: expect.stringMatching(/^E[A-Z]+$/) });
      expect(picture()).toEqual(before);
    },
  );

  it.each(Object.keys(uses).filter((name) => name !== 'readLink' && (process.getuid?.() === 0 || name !== 'setOwner')))(
    'does what it is asked to where nobody interferes: %s',
    async (name) => {
      fs.writeFileSync(join(root, 'x'), '');
      await expect((async () => uses[name]?.(disk))()).resolves.not.toThrow();
    },
  );

  it('does not go to another folder under the name of the root', () => {
    fs.renameSync(root, `${root}.away`);
    fs.mkdirSync(join(root, 'd'), { recursive: true });
    fs.writeFileSync(join(root, 'd/file'), '');
    expect(() => disk.look(join(root, 'd/file'))).toThrow(/was replaced while it was used/);
  });

  it('leaves no descriptor open', async () => {
    const before = openDescriptors();
    for (let turn = 0; turn < 100; turn += 1) {
      disk.look(join(root, 'd/sub/none'));
      await disk.read(join(root, 'd/file'), 100);
      expect(() => disk.readLink(join(root, 'd/file'))).toThrow('EINVAL');
      expect(() => disk.makeDirectory(join(root, 'none/new'), 0o755)).toThrow('ENOENT');
    }
    expect(openDescriptors() - before).toBeLessThan(50);
  });

  it('stops a write whose folder is swapped at the last moment', async () => {
    const before = picture();
    const { files } = createRealHost({
      rootfs: root,
      environment: {},
      wrapDisk: (real) => ({
        ...real,
        stage: (...stage) => {
          swap('d');
          real.stage(...stage);
        },
      }),
    });
    await expect(files.write({ path: '/d/file', content: 'secret', mode: 0o600 })).rejects.toMatchObject({
      problem: {
        code: 'FILE_UNWRITABLE',
        detail: expect.stringContaining('ESTALE: /d was replaced'),
        remedy: expect.stringContaining('Somebody'),
      },
    });
    expect(picture()).toEqual(before);
  });
});
