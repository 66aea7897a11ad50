import { describe, expect, it } from 'vitest';
import { createMemoryHost } from './host.ts';

const closed = { content: 'x', mode: 0o600 };

describe('the host in memory', () => {
  it('gives the same random bytes and the same time in every run', () => {
    const [one, two] = [createMemoryHost({ nowMs: 5 }), createMemoryHost({ nowMs: 5 })];
    expect(one.randomBytes(16)).toEqual(two.randomBytes(16));
    expect(one.randomBytes(16)).toEqual(two.randomBytes(16));
    one.advance(10);
    expect([one.now(), two.now()]).toEqual([15, 5]);
  });

  it('refuses another user than root what the modes refuse', async () => {
    const { files, privileged } = createMemoryHost({ uid: 1000, files: { '/etc/closed': closed, '/etc/open': 'y' } });
    expect(privileged).toBe(false);
    expect(await files.readText('/etc/open')).toBe('y');
    await expect(files.readText('/etc/closed')).rejects.toMatchObject({ problem: { code: 'FILE_UNREADABLE' } });
    await expect(files.write({ path: '/etc/new', content: '', mode: 0o644 })).rejects.toMatchObject({
      problem: { code: 'FILE_UNWRITABLE' },
    });
    await expect(files.makeDirectory('/new', 0o755)).rejects.toMatchObject({ problem: { code: 'FILE_UNWRITABLE' } });
    await expect(files.setAccess('/etc/open', { mode: 0o600 })).rejects.toMatchObject({ problem: { code: 'FILE_UNWRITABLE' } });
  });

  it('tells the obstacle with the folder that refuses, without writing', async () => {
    const { files } = createMemoryHost({ uid: 1000, files: { '/etc/open': 'y' } });
    expect(await files.obstacle('/etc/kubernetes/pki/ca.crt')).toMatchObject({
      code: 'FILE_UNWRITABLE',
      summary: 'cannot write below /etc',
      where: { file: '/etc' },
    });
  });

  it('tells that the owner of a file cannot be kept', async () => {
    const files = { '/home': { directory: true, mode: 0o777 }, '/home/file': 'of root' } as const;
    const host = createMemoryHost({ uid: 1000, files });
    expect((await host.files.obstacle('/home/file'))?.detail).toContain('belongs to user 0');
    await expect(host.files.write({ path: '/home/file', content: '', mode: 0o644 })).rejects.toMatchObject({
      problem: { code: 'FILE_UNWRITABLE' },
    });
    expect(await host.files.readText('/home/file')).toBe('of root');
  });

  it('refuses to write where a device stands', async () => {
    const { files } = createMemoryHost({ files: { '/dev/null': { device: true } } });
    await expect(files.write({ path: '/dev/null', content: '', mode: 0o644 })).rejects.toMatchObject({
      problem: { code: 'FILE_UNWRITABLE' },
    });
    expect((await files.obstacle('/dev/null'))?.detail).toContain('not a regular file');
  });

  it('answers for network and services what it was given', async () => {
    const host = createMemoryHost({
      hostName: 'cp1',
      sockets: ['/run/containerd/containerd.sock'],
      routes: [{ family: 4, interface: 'eth0' }],
      interfaces: [{ name: 'eth0', up: true, loopback: false, pointToPoint: false, addresses: ['192.0.2.1'] }],
      services: { manager: 'openrc', services: { kubelet: 'inactive' } },
    });
    expect(host.network.hostName()).toBe('cp1');
    expect(host.network.interfaces().map(({ name }) => name)).toEqual(['eth0']);
    expect(await host.network.defaultRoutes()).toEqual([{ family: 4, interface: 'eth0' }]);
    expect(await host.network.acceptsConnections('/run/containerd/containerd.sock')).toBe(true);
    expect(await host.network.acceptsConnections('/run/crio/crio.sock')).toBe(false);
    await host.services.restart('kubelet');
    expect(await host.services.active('kubelet')).toBe(true);
    await expect(host.services.stop('other')).rejects.toMatchObject({ problem: { code: 'PROGRAM_FAILED' } });
  });
});
