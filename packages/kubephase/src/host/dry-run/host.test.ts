import { describe, expect, it } from 'vitest';
import { createMemoryHost } from '../memory/host.ts';
import { createDryRunHost, flatRedirect } from './host.ts';

const folders = {
  certificates: '/etc/kubernetes/pki/',
  kubeconfigs: '/etc/kubernetes',
  manifests: '/etc/kubernetes/manifests',
  kubelet: '/var/lib/kubelet',
};

describe('flatRedirect', () => {
  it.each([
    ['/etc/kubernetes/pki/ca.crt', '/dry/ca.crt'],
    ['/etc/kubernetes/pki/etcd/ca.crt', '/dry/etcd/ca.crt'],
    ['/etc/kubernetes/pki', '/dry'],
    ['/etc/kubernetes/admin.conf', '/dry/admin.conf'],
    ['/etc/kubernetes/manifests/etcd.yaml', '/dry/etcd.yaml'],
    ['/etc/kubernetes/manifests', '/dry'],
    ['/var/lib/kubelet/config.yaml', '/dry/config.yaml'],
    ['/etc/kubernetes/other/file', undefined],
    ['/etc/passwd', undefined],
    ['/var/lib/etcd', undefined],
    ['/etc/kubernetes/pki2/ca.crt', undefined],
  ])('maps %s to %s', (path, expected) => {
    expect(flatRedirect(folders, '/dry/')(path)).toBe(expected);
  });

  it.each(['/etc/kubernetes', '/etc/kubernetes/pki', '/var/lib/kubelet/', '/etc/kubernetes/./manifests'])(
    'refuses %s, where a real run writes',
    (directory) => {
      expect(() => flatRedirect(folders, directory)).toThrow(/a dry run cannot write to/);
    },
  );
});

describe('a dry run with the flat layout', () => {
  const redirect = flatRedirect(folders, '/dry');

  it('writes only below its directory, with the modes of the reference', async () => {
    const base = createMemoryHost({ files: { '/etc/kubernetes/scheduler.conf': { content: 'old', mode: 0o640 } } });
    const before = base.snapshot();
    const { files } = createDryRunHost(base, { redirect });
    await files.write({ path: '/etc/kubernetes/pki/etcd/ca.key', content: 'k', mode: 0o600, secret: true });
    await files.write({ path: '/etc/kubernetes/scheduler.conf', content: 'new', mode: 0o600, secret: true });
    await files.makeDirectory('/etc/kubernetes/manifests', 0o700);
    await files.write({ path: '/var/lib/kubelet/config.yaml', content: 'c', mode: 0o644, directoryMode: 0o700 });
    await files.write({ path: '/etc/passwd', content: 'users', mode: 0o644 });
    await files.makeDirectory('/var/lib/etcd', 0o700);
    await files.setAccess('/etc/kubernetes/pki/etcd/ca.key', { owner: { uid: 101, gid: 100 } });
    expect(await files.readText('/etc/passwd')).toBe('users');
    expect(await files.readText('/etc/kubernetes/scheduler.conf')).toBe('new');
    expect(await files.status('/etc/kubernetes/scheduler.conf')).toMatchObject({ mode: 0o640 });
    const changes = Object.entries(base.snapshot()).filter(([path]) => before[path] === undefined);
    expect(changes.map(([path, { mode, owner }]) => [path, mode, owner.uid])).toEqual([
      ['/dry', 0o755, 0],
      ['/dry/config.yaml', 0o644, 0],
      ['/dry/etcd', 0o755, 0],
      ['/dry/etcd/ca.key', 0o600, 0],
      ['/dry/scheduler.conf', 0o600, 0],
    ]);
    expect((await base.files.readText('/etc/kubernetes/scheduler.conf'))!).toBe('old');
  });

  it('reads what an earlier dry run left in the directory before what the machine has', async () => {
    const base = createMemoryHost({
      files: { '/dry/ca.crt': 'from a dry run', '/etc/kubernetes/pki/ca.crt': 'real', '/etc/kubernetes/pki/sa.key': 'real' },
    });
    const { files } = createDryRunHost(base, { redirect });
    expect(await files.readText('/etc/kubernetes/pki/ca.crt')).toBe('from a dry run');
    expect(await files.readText('/etc/kubernetes/pki/sa.key')).toBe('real');
  });

  it('leaves what a real run staged where it is when it adopts it', async () => {
    const base = createMemoryHost({ files: { '/etc/kubernetes/pki/.ca.crt.kubephase-new': { content: 'left', mode: 0o644 } } });
    const { files } = createDryRunHost(base, { redirect });
    await files.adoptStaged('/etc/kubernetes/pki/ca.crt', { name: '.ca.crt.kubephase-new' });
    expect(await files.readText('/etc/kubernetes/pki/ca.crt')).toBe('left');
    expect(base.snapshot()['/etc/kubernetes/pki/.ca.crt.kubephase-new']).toMatchObject({ text: 'left' });
    expect(base.snapshot()['/etc/kubernetes/pki/ca.crt']).toBeUndefined();
  });

  it('touches no service and needs no rights', async () => {
    const base = createMemoryHost({ uid: 1000, services: { manager: 'systemd', services: { kubelet: 'active' } } });
    const host = createDryRunHost(base, { redirect });
    await host.services.stop('kubelet');
    await host.services.restart('kubelet');
    expect(base.services.calls).toEqual([]);
    expect(await host.services.active('kubelet')).toBe(true);
    expect(host.privileged).toBe(true);
  });

  it('sees an obstacle only when its own directory cannot be written', async () => {
    const base = createMemoryHost({ uid: 1000, files: { '/dry': { directory: true } } });
    const { files } = createDryRunHost(base, { redirect });
    expect(await files.obstacle('/etc/passwd')).toBeUndefined();
    expect(await files.obstacle('/etc/kubernetes/pki/ca.crt')).toMatchObject({
      code: 'FILE_UNWRITABLE',
      where: { file: '/dry' },
    });
  });
});
