/** What every host has to do. Each implementation runs these cases; what one cannot do is listed with its reason. */
import { afterEach, describe, expect, it } from 'vitest';
import { isProblemError } from 'phaserunner';
import type { MemoryEntry } from './memory/disk.ts';
import type { Host } from './port.ts';

/** A host that holds `files` when the case starts. */
export interface HostUnderTest {
  readonly host: Host;
  readonly dispose?: () => Promise<void> | void;
}

export type MakeHost = (files?: Readonly<Record<string, MemoryEntry>>) => Promise<HostUnderTest> | HostUnderTest;

/** Names of cases that do not apply, each with the reason. */
export type HostExceptions = Readonly<Partial<Record<HostCase, string>>>;

interface Context {
  readonly make: (files?: Readonly<Record<string, MemoryEntry>>) => Promise<Host>;
}

const text = (content: Uint8Array | undefined): string | undefined =>
  content === undefined ? undefined : new TextDecoder().decode(content);

/** Code of the problem that `work` fails with. */
async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return isProblemError(error) ? error.problem.code : `not a problem: ${String(error)}`;
  }
}

const cases = {
  'answers undefined for what does not exist': async ({ make }) => {
    const { files } = await make();
    expect(await files.read('/none/file')).toBeUndefined();
    expect(await files.readText('/none/file')).toBeUndefined();
    expect(await files.status('/none/file')).toBeUndefined();
    expect(await files.list('/none')).toBeUndefined();
    expect(await files.staged('/none/file')).toEqual([]);
  },
  'reads back what it wrote, as bytes and as text': async ({ make }) => {
    const { files } = await make();
    await files.write({ path: '/data/greeting', content: 'grüß dich\n', mode: 0o644 });
    expect(await files.readText('/data/greeting')).toBe('grüß dich\n');
    await files.write({ path: '/data/bytes', content: Uint8Array.of(0, 255, 10), mode: 0o644 });
    expect(Array.from((await files.read('/data/bytes')) ?? [])).toEqual([0, 255, 10]);
  },
  'gives a new file its mode and its missing parents theirs': async ({ make }) => {
    const { files } = await make();
    await files.write({ path: '/one/two/key', content: 'k', mode: 0o600, directoryMode: 0o700 });
    expect(await files.status('/one/two/key')).toMatchObject({ type: 'file', mode: 0o600, size: 1 });
    expect(await files.status('/one')).toMatchObject({ type: 'directory', mode: 0o700, size: 0 });
    expect(await files.status('/one/two')).toMatchObject({ type: 'directory', mode: 0o700 });
  },
  'makes missing parents with mode 0755 when nothing else is asked for': async ({ make }) => {
    const { files } = await make();
    await files.write({ path: '/one/file', content: '', mode: 0o644 });
    expect(await files.status('/one')).toMatchObject({ mode: 0o755 });
  },
  'reduces modes by the umask of 0022': async ({ make }) => {
    const { files } = await make();
    await files.write({ path: '/wide/file', content: '', mode: 0o666, directoryMode: 0o777 });
    expect(await files.status('/wide/file')).toMatchObject({ mode: 0o644 });
    expect(await files.status('/wide')).toMatchObject({ mode: 0o755 });
  },
  'keeps mode and owner of a file that it replaces': async ({ make }) => {
    const { files } = await make({ '/data/kept': { content: 'old', mode: 0o640 } });
    const before = await files.status('/data/kept');
    await files.write({ path: '/data/kept', content: 'new', mode: 0o666 });
    const after = await files.status('/data/kept');
    expect(await files.readText('/data/kept')).toBe('new');
    expect(after).toMatchObject({ mode: 0o640, owner: before!.owner });
  },
  'leaves nothing beside a written file': async ({ make }) => {
    const { files } = await make();
    await files.write({ path: '/data/file', content: 'x', mode: 0o644 });
    await files.write({ path: '/data/file', content: 'y', mode: 0o644 });
    expect(await files.list('/data')).toEqual([{ name: 'file', type: 'file' }]);
  },
  'follows a symbolic link when it writes, and the link stays': async ({ make }) => {
    const { files } = await make({ '/real/file': { content: 'old', mode: 0o640 }, '/data/link': { link: '/real/file' } });
    await files.write({ path: '/data/link', content: 'new', mode: 0o600 });
    expect(await files.readText('/real/file')).toBe('new');
    expect(await files.status('/real/file')).toMatchObject({ mode: 0o640 });
    expect(await files.list('/data')).toEqual([{ name: 'link', type: 'symlink' }]);
  },
  'creates the target of a link that leads nowhere': async ({ make }) => {
    const { files } = await make({ '/data/link': { link: '../real/file' } });
    expect(await files.status('/data/link')).toBeUndefined();
    await files.write({ path: '/data/link', content: 'new', mode: 0o644 });
    expect(await files.readText('/real/file')).toBe('new');
    expect(await files.readText('/data/link')).toBe('new');
  },
  'reads and lists through linked directories': async ({ make }) => {
    const { files } = await make({ '/real/sub/file': 'x', '/data': { link: 'real/sub' } });
    expect(await files.readText('/data/file')).toBe('x');
    expect(await files.list('/data')).toEqual([{ name: 'file', type: 'file' }]);
    expect(await files.status('/data')).toMatchObject({ type: 'directory' });
  },
  'tells where a path ends': async ({ make }) => {
    const { files } = await make({ '/real/sub/file': 'x', '/data': { link: 'real/sub' } });
    expect(await files.realPath('/data/file')).toBe('/real/sub/file');
    expect(await files.realPath('/data/../none/./deeper')).toBe('/real/none/deeper');
    expect(await files.realPath('/')).toBe('/');
  },
  'refuses links that lead back to themselves': async ({ make }) => {
    const { files } = await make({ '/data/a': { link: 'b' }, '/data/b': { link: 'a' } });
    expect(await codeOf(files.readText('/data/a'))).toBe('FILE_UNREADABLE');
    expect(await codeOf(files.write({ path: '/data/a', content: '', mode: 0o644 }))).toBe('FILE_UNWRITABLE');
  },
  'writes a key and its certificate together': async ({ make }) => {
    const { files } = await make();
    await files.writeTogether([
      { path: '/pki/ca.key', content: 'key', mode: 0o600, secret: true },
      { path: '/pki/ca.crt', content: 'certificate', mode: 0o644 },
    ]);
    expect(await files.list('/pki')).toEqual([
      { name: 'ca.crt', type: 'file' },
      { name: 'ca.key', type: 'file' },
    ]);
    expect(await files.status('/pki/ca.key')).toMatchObject({ mode: 0o600 });
    expect(await files.readText('/pki/ca.crt')).toBe('certificate');
  },
  'changes no file of a pair when one of them cannot be staged': async ({ make }) => {
    const { files } = await make({ '/pki/ca.key': 'old key', '/pki/ca.crt/here': 'a folder stands in the way' });
    const pair = files.writeTogether([
      { path: '/pki/ca.key', content: 'new key', mode: 0o600 },
      { path: '/pki/ca.crt', content: 'certificate', mode: 0o644 },
    ]);
    expect(await codeOf(pair)).toBe('FILE_UNWRITABLE');
    expect(await files.readText('/pki/ca.key')).toBe('old key');
    expect((await files.list('/pki'))!.map(({ name }) => name)).toEqual(['ca.crt', 'ca.key']);
  },
  'finds what an interrupted run staged, and adopts it': async ({ make }) => {
    for (const name of ['.ca.crt.kubephase-new', '.ca.crt.kubephase-new-0123456789ab']) {
      const { files } = await make({ [`/pki/${name}`]: { content: 'staged', mode: 0o640 } });
      const [staged, ...others] = await files.staged('/pki/ca.crt');
      expect([staged?.name, text(staged?.content), staged?.mode, others]).toEqual([name, 'staged', 0o640, []]);
      await files.adoptStaged('/pki/ca.crt', { name });
      expect(await files.readText('/pki/ca.crt')).toBe('staged');
      expect(await files.status('/pki/ca.crt')).toMatchObject({ mode: 0o640 });
      expect(await files.staged('/pki/ca.crt')).toEqual([]);
    }
  },
  'finds nothing that is staged for another file': async ({ make }) => {
    const { files } = await make({ '/pki/.ca.crt.kubephase-new-0123456789ab.kubephase-new': 'x', '/pki/.my.ca.crt.kubephase-new': 'y' });
    expect(await files.staged('/pki/ca.crt')).toEqual([]);
  },
  'cannot adopt what is not staged': async ({ make }) => {
    const { files } = await make({ '/pki/ca.crt': 'x', '/pki/other': 'y' });
    expect(await codeOf(files.adoptStaged('/pki/ca.crt', { name: '.ca.crt.kubephase-new' }))).toBe('FILE_NOT_STAGED');
    expect(await codeOf(files.adoptStaged('/pki/ca.crt', { name: 'other' }))).toBe('FILE_NOT_STAGED');
  },
  'never puts an empty file into place': async ({ make }) => {
    const name = '.ca.key.kubephase-new-0123456789ab';
    const { files } = await make({ [`/pki/${name}`]: { content: '', mode: 0o600 } });
    expect(await files.staged('/pki/ca.key')).toEqual([]);
    expect(await codeOf(files.adoptStaged('/pki/ca.key', { name }))).toBe('FILE_NOT_STAGED');
  },
  'never puts a file of another user into place': async ({ make }) => {
    const name = '.ca.key.kubephase-new';
    const { files } = await make({ [`/pki/${name}`]: { content: 'planted', mode: 0o600, owner: { uid: 1234, gid: 1234 } } });
    expect(await files.staged('/pki/ca.key')).toEqual([]);
    expect(await codeOf(files.adoptStaged('/pki/ca.key', { name }))).toBe('FILE_NOT_STAGED');
  },
  'replaces what interrupted runs staged': async ({ make }) => {
    const half = { content: 'half a certi', mode: 0o666 };
    const { files } = await make({ '/pki/.ca.crt.kubephase-new': half, '/pki/.ca.crt.kubephase-new-0123456789ab': half });
    await files.write({ path: '/pki/ca.crt', content: 'whole', mode: 0o644 });
    expect(await files.readText('/pki/ca.crt')).toBe('whole');
    expect(await files.status('/pki/ca.crt')).toMatchObject({ mode: 0o644 });
    expect((await files.list('/pki'))?.map(({ name }) => name)).toEqual(['ca.crt']);
  },
  'lists entries sorted by bytes, with their types': async ({ make }) => {
    const { files } = await make({
      '/d/b': '',
      '/d/B': '',
      '/d/ä': '',
      '/d/a/inside': '',
      '/d/.dot': '',
      '/d/l': { link: 'b' },
    });
    expect(await files.list('/d')).toEqual([
      { name: '.dot', type: 'file' },
      { name: 'B', type: 'file' },
      { name: 'a', type: 'directory' },
      { name: 'b', type: 'file' },
      { name: 'l', type: 'symlink' },
      { name: 'ä', type: 'file' },
    ]);
  },
  'lists what it wrote beside what was there': async ({ make }) => {
    const { files } = await make({ '/etc/kubernetes/pki/old.crt': '' });
    await files.write({ path: '/etc/kubernetes/pki/new.crt', content: '', mode: 0o644 });
    await files.write({ path: '/etc/kubernetes/pki/etcd/ca.crt', content: '', mode: 0o644 });
    expect((await files.list('/etc/kubernetes/pki'))!.map(({ name }) => name)).toEqual(['etcd', 'new.crt', 'old.crt']);
  },
  'makes directories with their parents and leaves existing ones alone': async ({ make }) => {
    const { files } = await make({ '/one': { directory: true, mode: 0o750 } });
    await files.makeDirectory('/one/two/three', 0o700);
    await files.makeDirectory('/one', 0o700);
    expect(await files.status('/one')).toMatchObject({ mode: 0o750 });
    expect(await files.status('/one/two')).toMatchObject({ type: 'directory', mode: 0o700 });
    expect(await files.status('/one/two/three')).toMatchObject({ type: 'directory', mode: 0o700 });
    expect(await files.list('/one/two/three')).toEqual([]);
  },
  'cannot make a directory where a file stands': async ({ make }) => {
    const { files } = await make({ '/one': 'a file' });
    expect(await codeOf(files.makeDirectory('/one', 0o700))).toBe('FILE_UNWRITABLE');
    expect(await codeOf(files.makeDirectory('/one/two', 0o700))).toBe('FILE_UNWRITABLE');
  },
  'changes the mode of one file, or of everything below': async ({ make }) => {
    const { files } = await make({ '/d/a': '', '/d/sub/b': '' });
    await files.setAccess('/d/a', { mode: 0o600 });
    expect(await files.status('/d/a')).toMatchObject({ mode: 0o600 });
    expect(await files.status('/d/sub/b')).toMatchObject({ mode: 0o644 });
    await files.setAccess('/d', { mode: 0o700, recursive: true });
    for (const path of ['/d', '/d/a', '/d/sub', '/d/sub/b']) expect(await files.status(path)).toMatchObject({ mode: 0o700 });
  },
  'gives files to another owner': async ({ make }) => {
    const { files } = await make({ '/d/a': '', '/d/sub/b': '', '/d/l': { link: '/e/outside' }, '/e/outside': '' });
    const before = (await files.status('/e/outside'))!.owner;
    await files.setAccess('/d', { owner: { uid: 101, gid: 100 }, recursive: true });
    for (const path of ['/d', '/d/a', '/d/sub/b']) expect(await files.status(path)).toMatchObject({ owner: { uid: 101, gid: 100 } });
    expect((await files.status('/e/outside'))!.owner).toEqual(before);
  },
  'keeps an owner given to a file when it writes the file again': async ({ make }) => {
    const { files } = await make();
    await files.write({ path: '/etc/kubernetes/scheduler.conf', content: 'one', mode: 0o600, secret: true });
    await files.setAccess('/etc/kubernetes/scheduler.conf', { mode: 0o640, owner: { uid: 104, gid: 104 } });
    await files.write({ path: '/etc/kubernetes/scheduler.conf', content: 'two', mode: 0o600, secret: true });
    expect(await files.status('/etc/kubernetes/scheduler.conf')).toMatchObject({ mode: 0o640, owner: { uid: 104, gid: 104 }, size: 3 });
  },
  'cannot change access of what does not exist': async ({ make }) => {
    const { files } = await make();
    expect(await codeOf(files.setAccess('/none', { mode: 0o600 }))).toBe('FILE_UNWRITABLE');
  },
  'tells that a folder or a device stands where a file is to be written': async ({ make }) => {
    const { files } = await make({ '/d/folder/inside': '', '/d/device': { device: true } });
    expect(await codeOf(files.write({ path: '/d/device', content: '', mode: 0o644 }))).toBe('FILE_UNWRITABLE');
    expect((await files.obstacle('/d/device'))?.code).toBe('FILE_UNWRITABLE');
    expect(await codeOf(files.read('/d/folder'))).toBe('FILE_UNREADABLE');
    expect(await codeOf(files.write({ path: '/d/folder', content: '', mode: 0o644 }))).toBe('FILE_UNWRITABLE');
    expect((await files.obstacle('/d/folder'))?.code).toBe('FILE_UNWRITABLE');
  },
  'refuses to read what is no regular file, at once and with a remedy': async ({ make }) => {
    const { files } = await make({ '/d/device': { device: true }, '/d/link': { link: 'device' } });
    for (const path of ['/d/device', '/d/link']) {
      for (const read of [files.read(path), files.readText(path), files.readEnd(path, 10)]) {
        await expect(read).rejects.toMatchObject({
          problem: {
            code: 'FILE_UNREADABLE',
            detail: expect.stringContaining('no regular file'),
            remedy: expect.stringContaining('regular file'),
            where: { file: path },
          },
        });
      }
    }
  },
  'reads no more of a file than it is asked to': async ({ make }) => {
    const { files } = await make({ '/d/file': '0123456789' });
    expect(await files.readText('/d/file', 10)).toBe('0123456789');
    expect(await codeOf(files.readText('/d/file', 9))).toBe('FILE_TOO_LARGE');
    expect(await codeOf(files.read('/d/file', 9))).toBe('FILE_TOO_LARGE');
  },
  'refuses a file that is longer than any of a node': async ({ make }) => {
    const { files } = await make({ '/d/long': new Uint8Array(8 * 1024 * 1024), '/d/longer': new Uint8Array(8 * 1024 * 1024 + 1) });
    expect(await files.read('/d/long')).toHaveLength(8 * 1024 * 1024);
    expect(await codeOf(files.read('/d/longer'))).toBe('FILE_TOO_LARGE');
  },
  'reads the end of a file of any length': async ({ make }) => {
    const { files } = await make({ '/d/file': '0123456789', '/d/link': { link: 'file' } });
    await files.write({ path: '/etc/kubernetes/log', content: 'abcdef', mode: 0o644 });
    expect(text(await files.readEnd('/d/link', 4))).toBe('6789');
    expect(text(await files.readEnd('/d/file', 100))).toBe('0123456789');
    expect(text(await files.readEnd('/etc/kubernetes/log', 2))).toBe('ef');
    expect(await files.readEnd('/d/none', 4)).toBeUndefined();
  },
  'sees no mount where a file lies in a folder': async ({ make }) => {
    const { files } = await make({ '/d/file': '' });
    expect(await files.isMountPoint('/d/file')).toBe(false);
    expect(await files.isMountPoint('/d')).toBe(false);
    expect(await files.isMountPoint('/d/none')).toBe(false);
  },
  'tells that a file stands where a folder is needed': async ({ make }) => {
    const { files } = await make({ '/d/file': '' });
    expect(await codeOf(files.read('/d/file/below'))).toBe('FILE_UNREADABLE');
    expect(await codeOf(files.list('/d/file'))).toBe('FILE_UNREADABLE');
    expect(await codeOf(files.write({ path: '/d/file/below', content: '', mode: 0o644 }))).toBe('FILE_UNWRITABLE');
    expect(await files.obstacle('/d/file/below/deeper')).toMatchObject({
      code: 'FILE_UNWRITABLE',
      detail: expect.stringContaining('/d/file'),
      where: { file: '/d/file/below/deeper' },
    });
  },
  'sees no obstacle where it can write': async ({ make }) => {
    const { files } = await make({ '/d/file': '' });
    expect(await files.obstacle('/d/file')).toBeUndefined();
    expect(await files.obstacle('/d/new')).toBeUndefined();
    expect(await files.obstacle('/far/away/new')).toBeUndefined();
    expect(await files.status('/far')).toBeUndefined();
  },
  'refuses paths that are not absolute': async ({ make }) => {
    const { files } = await make();
    expect(await codeOf(files.read('file'))).toBe('PATH_NOT_ABSOLUTE');
    expect(await codeOf(files.write({ path: 'file', content: '', mode: 0o644 }))).toBe('PATH_NOT_ABSOLUTE');
    expect((await files.obstacle('file'))?.code).toBe('PATH_NOT_ABSOLUTE');
  },
  'never leaves the root through ".."': async ({ make }) => {
    const { files } = await make({ '/d/file': 'x' });
    expect(await files.readText('/../../d/../d/file')).toBe('x');
    await files.write({ path: '/../../../up', content: 'y', mode: 0o644 });
    expect(await files.readText('/up')).toBe('y');
  },
  'shows a reader the old or the new content, never a part': async ({ make }) => {
    const { files } = await make({ '/d/file': 'a'.repeat(100_000) });
    const seen = new Set<string>();
    for (const letter of ['b', 'c', 'd']) {
      const progress = { written: false };
      const write = files.write({ path: '/d/file', content: letter.repeat(100_000), mode: 0o644 }).finally(() => (progress.written = true));
      do {
        seen.add((await files.readText('/d/file')) ?? 'missing');
        await new Promise(setImmediate);
      } while (!progress.written);
      await write;
    }
    for (const content of seen) expect([content.length, new Set(content).size]).toEqual([100_000, 1]);
  },
  'gives random bytes of the length asked for': async ({ make }) => {
    const host = await make();
    expect(host.randomBytes(32)).toHaveLength(32);
    expect(host.randomBytes(16)).not.toEqual(host.randomBytes(16));
  },
} satisfies Readonly<Record<string, (context: Context) => Promise<void>>>;

export type HostCase = keyof typeof cases;

/** Runs all cases on the hosts that `makeHost` makes. */
export function hostCases(name: string, makeHost: MakeHost, exceptions: HostExceptions = {}): void {
  describe(name, () => {
    const disposals: NonNullable<HostUnderTest['dispose']>[] = [];
    afterEach(async () => {
      for (const dispose of disposals.splice(0)) await dispose();
    });
    const make: Context['make'] = async (files) => {
      const made = await makeHost(files);
      if (made.dispose !== undefined) disposals.push(made.dispose);
      return made.host;
    };
    for (const [title, run] of Object.entries(cases)) {
      const reason = exceptions[title as HostCase];
      if (reason === undefined) it(title, () => run({ make }));
      else it.skip(`${title} (${reason})`, () => undefined);
    }
  });
}
