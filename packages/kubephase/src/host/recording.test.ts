import { describe, expect, it } from 'vitest';
import type { Action } from 'phaserunner';
import { createMemoryHost } from './memory/host.ts';
import { recordHost } from './recording.ts';

describe('recordHost', () => {
  it('records a file with its mode, size and digest, not with its content', async () => {
    const actions: Action[] = [];
    const host = recordHost(createMemoryHost(), (action) => actions.push(action));
    await host.files.write({ path: '/pki/ca.crt', content: 'abc', mode: 0o644 });
    expect(actions).toEqual([
      {
        kind: 'write-file',
        summary: 'write /pki/ca.crt (0644, 3 bytes)',
        path: '/pki/ca.crt',
        mode: '0644',
        bytes: 3,
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      },
    ]);
  });

  it('tells before the write that a file is written in place', async () => {
    const told: string[] = [];
    const mounts = [{ source: '/dev/sda1', path: '/etc/hosts', type: 'ext4', options: [] }];
    const base = createMemoryHost({ files: { '/etc/hosts': 'old' }, mounts });
    const host = recordHost(base, (action) => told.push(action.kind), { warn: (text) => told.push(text) });
    await host.files.write({ path: '/etc/passwd', content: '', mode: 0o644 });
    await host.files.writeTogether([{ path: '/etc/hosts', content: 'new', mode: 0o644 }]);
    expect(told).toEqual(['write-file', expect.stringContaining('/etc/hosts is a mount of its own'), 'write-file']);
  });

  it('adds the content of files that are not secret when it is asked for', async () => {
    const actions: Action[] = [];
    const host = recordHost(createMemoryHost(), (action) => actions.push(action), { includeContent: true });
    await host.files.writeTogether([
      { path: '/pki/ca.key', content: 'hidden words', mode: 0o600, secret: true },
      { path: '/pki/ca.crt', content: 'open words', mode: 0o644 },
    ]);
    expect(actions.map(({ path, content }) => [path, content])).toEqual([
      ['/pki/ca.key', undefined],
      ['/pki/ca.crt', 'open words'],
    ]);
    expect(actions[0]).toEqual({
      kind: 'write-file',
      summary: 'write /pki/ca.key (0600, 12 bytes)',
      path: '/pki/ca.key',
      mode: '0600',
      bytes: 12,
      secret: true,
    });
    expect(JSON.stringify(actions)).not.toContain('hidden');
  });

  it('records a folder only when it was made', async () => {
    const actions: Action[] = [];
    const host = recordHost(createMemoryHost({ files: { '/etc/kubernetes/x': '' } }), (action) => actions.push(action));
    await host.files.makeDirectory('/etc/kubernetes', 0o755);
    await host.files.makeDirectory('/var/lib/etcd', 0o700);
    expect(actions).toEqual([
      { kind: 'make-directory', summary: 'make the folder /var/lib/etcd (0700)', path: '/var/lib/etcd', mode: '0700' },
    ]);
  });

  it('records changes of access, adopted files and services', async () => {
    const actions: Action[] = [];
    const base = createMemoryHost({
      files: { '/d/a': '', '/d/.b.kubephase-new': 'left' },
      services: { manager: 'systemd', services: { kubelet: 'active' } },
    });
    const host = recordHost(base, (action) => actions.push(action));
    await host.files.setAccess('/d', { mode: 0o640, owner: { uid: 0, gid: 105 }, recursive: true });
    await host.files.adoptStaged('/d/b', { name: '.b.kubephase-new' });
    await host.services.stop('kubelet');
    await host.services.restart('kubelet');
    expect(actions).toEqual([
      {
        kind: 'set-access',
        summary: 'set mode 0640, owner 0:105, with everything below of /d',
        path: '/d',
        mode: '0640',
        owner: '0:105',
        recursive: true,
      },
      { kind: 'adopt-file', summary: 'put the file of an interrupted run into place as /d/b', path: '/d/b' },
      { kind: 'stop-service', summary: 'stop the service kubelet', service: 'kubelet' },
      { kind: 'restart-service', summary: 'restart the service kubelet', service: 'kubelet' },
    ]);
    expect(base.services.calls).toEqual(['stop kubelet', 'restart kubelet']);
  });

  it('records what was unmounted', async () => {
    const actions: Action[] = [];
    const mount = { source: 'tmpfs', type: 'tmpfs', options: ['rw'] };
    const base = createMemoryHost({
      mounts: [
        { ...mount, path: '/a' },
        { ...mount, path: '/b' },
        { ...mount, path: '/c', busy: true },
      ],
    });
    const host = recordHost(base, (action) => actions.push(action));
    await host.mounts.unmount('/a');
    await host.mounts.unmount('/b', { lazy: true });
    await expect(host.mounts.unmount('/c')).rejects.toMatchObject({ problem: { code: 'UNMOUNT_FAILED' } });
    expect(actions).toEqual([
      { kind: 'unmount', summary: 'unmount /a', path: '/a' },
      { kind: 'unmount', summary: 'unmount /b lazily', path: '/b', lazy: true },
    ]);
    expect((await base.mounts.list())?.map(({ path }) => path)).toEqual(['/c']);
  });

  it('records nothing for a change that failed', async () => {
    const actions: Action[] = [];
    const host = recordHost(createMemoryHost({ files: { '/d/folder/x': '' } }), (action) => actions.push(action));
    await expect(host.files.write({ path: '/d/folder', content: '', mode: 0o644 })).rejects.toThrow('/d/folder');
    await expect(host.services.stop('kubelet')).rejects.toThrow('no service manager');
    expect(actions).toEqual([]);
  });
});
