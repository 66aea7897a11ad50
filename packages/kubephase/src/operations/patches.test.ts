import { describe, expect, test } from 'vitest';
import { createMemoryHost } from '../host/memory/host.ts';
import { loadPatches } from './patches.ts';

const filesOf = (files: Parameters<typeof createMemoryHost>[0]) => createMemoryHost(files).files;

describe('loading patches', () => {
  test('files are taken in the order of the bytes of their names, folders in their place', async () => {
    const names = [
      'kube-apiserver2.yaml',
      'kube-apiserver10.yaml',
      'kube-apiserver+json.yaml',
      'kube-apiserver.yaml',
      'b/kube-apiserver.yaml',
      'a/etcd.json',
    ];
    const files = filesOf({ files: Object.fromEntries(names.map((name) => [`/p/${name}`, '[]'])) });
    const set = await loadPatches(files, '/p/');
    expect(set.files).toEqual([
      '/p/a/etcd.json',
      '/p/b/kube-apiserver.yaml',
      '/p/kube-apiserver+json.yaml',
      '/p/kube-apiserver.yaml',
      '/p/kube-apiserver10.yaml',
      '/p/kube-apiserver2.yaml',
    ]);
    expect(set.patches.map((patch) => patch.file)).toEqual(set.files);
  });

  test('what is no patch is listed with the reason', async () => {
    const set = await loadPatches(filesOf({ files: { '/p/README.md': 'x', '/p/kube-proxy.yaml': 'a: b', '/p/etcd.yaml': '' } }), '/p');
    expect(set.patches).toEqual([]);
    expect(set.ignored.map(({ file }) => file)).toEqual(['/p/README.md', '/p/etcd.yaml', '/p/kube-proxy.yaml']);
    expect(set.ignored[1]?.reason).toBe('it is empty');
  });

  test('all faults are reported together', async () => {
    const files = filesOf({ files: { '/p/etcd.yaml': 'a: [', '/p/etcd+x.yaml': 'a: b', '/p/kube-scheduler.yaml': 'b: {' } });
    await expect(loadPatches(files, '/p')).rejects.toMatchObject({
      problems: [
        { code: 'PATCH_UNREADABLE', where: { file: '/p/etcd+x.yaml' } },
        { code: 'PATCH_UNREADABLE', where: { file: '/p/etcd.yaml' } },
        { code: 'PATCH_UNREADABLE', where: { file: '/p/kube-scheduler.yaml' } },
      ],
    });
  });

  test('a link to a folder is followed', async () => {
    const files = filesOf({ files: { '/p/etcd.yaml': 'a: 1', '/link': { link: '/p' } } });
    expect((await loadPatches(files, '/link')).files).toEqual(['/link/etcd.yaml']);
  });

  test('the files of a mounted ConfigMap count once', async () => {
    const files = filesOf({
      files: {
        '/p/..2026_01_31/etcd.yaml': 'a: 1',
        '/p/..data': { link: '/p/..2026_01_31' },
        '/p/etcd.yaml': { link: '/p/..data/etcd.yaml' },
      },
    });
    const set = await loadPatches(files, '/p');
    expect(set.files).toEqual(['/p/etcd.yaml']);
    expect(set.patches).toHaveLength(1);
    expect(set.ignored).toEqual([]);
  });

  test.each([
    ['/missing', /does not exist/],
    ['/file', /is not a directory/],
  ])('%s is no folder of patches', async (directory, summary) => {
    const files = filesOf({ files: { '/file': 'x', '/p/etcd.yaml': '{}' } });
    await expect(loadPatches(files, directory)).rejects.toMatchObject({
      problem: { code: 'PATCHES_MISSING', summary: expect.stringMatching(summary) as string },
    });
  });
});
