import { describe, expect, it } from 'vitest';
import type { MemoryEntry } from '../memory/disk.ts';
import { createMemoryHost, type MemoryHost } from '../memory/host.ts';
import { chooseDryRunDirectory } from './directory.ts';

const variable = 'KUBEADM_INIT_DRYRUN_DIR';
const folders = {
  certificates: '/srv/pki',
  kubeconfigs: '/etc/kubernetes',
  manifests: '/etc/kubernetes/manifests',
  kubelet: '/var/lib/kubelet',
};
const mallory = { uid: 1000, gid: 1000 };

const hostWith = (directory: string, files: Readonly<Record<string, MemoryEntry>> = {}, uid = 0): MemoryHost =>
  createMemoryHost({ environment: { [variable]: directory }, files, uid });
const choose = (host: MemoryHost): Promise<string> => chooseDryRunDirectory(host, { variable, folders });

describe('the folder of a dry run that the environment names', () => {
  it('is made, and only its owner can change it', async () => {
    const host = hostWith('/dry/');
    expect(await choose(host)).toBe('/dry');
    expect(await host.files.status('/dry')).toMatchObject({ type: 'directory', mode: 0o755 });
  });

  it('may exist when it is empty and closed, and be used again', async () => {
    const host = hostWith('/dry', { '/dry': { directory: true, mode: 0o700 } });
    expect(await choose(host)).toBe('/dry');
    await host.files.write({ path: '/dry/etcd/ca.crt', content: 'x', mode: 0o600 });
    expect(await choose(host)).toBe('/dry');
  });

  it('may belong to an ordinary user', async () => {
    const home = { '/home/me': { directory: true, owner: mallory } } as const;
    expect(await choose(hostWith('/home/me/dry', home, mallory.uid))).toBe('/home/me/dry');
  });

  it('has to be absolute', async () => {
    await expect(choose(hostWith('dry'))).rejects.toMatchObject({ problem: { code: 'PATH_NOT_ABSOLUTE', where: { object: variable } } });
  });

  it.each<readonly [string, string, Readonly<Record<string, MemoryEntry>>]>([
    ['a folder of the node', '/etc/kubernetes/manifests', {}],
    ['below one', '/var/lib/kubelet/dry', {}],
    ['below the certificates', '/srv/pki/dry', {}],
    ['where etcd has its data', '/var/lib/etcd', {}],
    ['above a folder of the node', '/var/lib', {}],
    ['what a link of the node leads to', '/data/kubelet/dry', { '/var/lib/kubelet': { link: '/data/kubelet' } }],
  ])('is refused when it is %s', async (_, directory, files) => {
    const host = hostWith(directory, files);
    const before = host.snapshot();
    await expect(choose(host)).rejects.toMatchObject({ problem: { code: 'DRY_RUN_DIRECTORY_IN_USE', where: { file: directory } } });
    expect(host.snapshot()).toEqual(before);
  });

  it.each<readonly [string, string, Readonly<Record<string, MemoryEntry>>, string]>([
    ['is a link', '/dry', { '/dry': { link: '/etc/kubernetes/manifests' } }, 'link'],
    ['has a link on the way', '/a/dry', { '/a': { link: '/b' }, '/b': { directory: true } }, 'link'],
    ['belongs to another user', '/dry', { '/dry': { directory: true, mode: 0o700, owner: mallory } }, 'belongs to user 1000'],
    ['can be changed by others', '/dry', { '/dry': { directory: true, mode: 0o775 } }, 'mode 0775'],
    ['holds other files', '/dry', { '/dry': { directory: true, mode: 0o700 }, '/dry/notes': 'x' }, '/dry/notes, which no dry run makes'],
    ['holds a file of another user', '/dry', { '/dry': { directory: true }, '/dry/ca.key': { content: 'x', owner: mallory } }, 'user 1000'],
    ['is a file', '/dry', { '/dry': 'x' }, ''],
    ['lies in a folder of another user', '/home/dry', { '/home': { directory: true, owner: mallory } }, '/home on the way'],
    ['lies in a folder that others can change', '/open/dry', { '/open': { directory: true, mode: 0o777 } }, '/open on the way'],
    [
      'holds a link though it was made by a dry run',
      '/dry',
      { '/dry': { directory: true, mode: 0o700 }, '/dry/etcd/ca.key': { link: '/etc/shadow' } },
      '/dry/etcd/ca.key',
    ],
  ])('is refused when it %s', async (...[, directory, files, why]) => {
    const host = hostWith(directory, files);
    const before = host.snapshot();
    await expect(choose(host)).rejects.toMatchObject({
      problem: { code: expect.stringMatching(/^(DRY_RUN_DIRECTORY_EXPOSED|FILE_UNWRITABLE)$/), detail: expect.stringContaining(why) },
    });
    expect(host.snapshot()).toEqual(before);
  });

  it('may lie in a folder in which others can only add names', async () => {
    expect(await choose(hostWith('/tmp/dry', { '/tmp': { directory: true, mode: 0o1777 } }))).toBe('/tmp/dry');
  });
});

describe('the folder of a dry run that nobody names', () => {
  it.each([
    [{}, /^\/tmp\/kubephase-init-dryrun-[0-9a-f]{16}$/],
    [{ TMPDIR: '/var/tmp', [variable]: '' }, /^\/var\/tmp\/kubephase-init-dryrun-[0-9a-f]{16}$/],
  ])('is a new one below the folder for temporary files, closed to others: %j', async (environment, pattern) => {
    const host = createMemoryHost({ environment });
    const directory = await choose(host);
    expect(directory).toMatch(pattern);
    expect(await host.files.status(directory)).toMatchObject({ type: 'directory', mode: 0o700 });
    expect(await choose(host)).not.toBe(directory);
  });
});
