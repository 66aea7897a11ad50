import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRealHost } from './host.ts';

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubephase-real-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('needs nothing to be told of this process', () => {
  expect(createRealHost().environment).toBe(process.env);
});

describe('the real host', () => {
  it('writes through a symbolic link of the whole disk and keeps the link', async () => {
    writeFileSync(join(folder, 'target'), 'old', { mode: 0o640 });
    symlinkSync('target', join(folder, 'link'));
    const { files } = createRealHost({ environment: {} });
    await files.write({ path: join(folder, 'link'), content: 'new', mode: 0o600 });
    expect(readFileSync(join(folder, 'target'), 'utf8')).toBe('new');
    expect(readlinkSync(join(folder, 'link'))).toBe('target');
    expect(await files.status(join(folder, 'link'))).toMatchObject({ type: 'file', mode: 0o640 });
  });

  it('reads a pipe, as a shell makes one for a configuration file', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const { files } = createRealHost({ environment: {} });
    const reading = files.readText(pipe);
    execFileSync('sh', ['-c', 'echo kind: InitConfiguration > "$0" &', pipe]);
    expect(await reading).toBe('kind: InitConfiguration\n');
  });

  it('does not follow links out of the root prefix', async () => {
    const outside = join(folder, 'outside');
    const rootfs = join(folder, 'root');
    const { files: whole } = createRealHost({ environment: {} });
    await whole.write({ path: outside, content: 'outside', mode: 0o644 });
    await whole.makeDirectory(join(rootfs, 'd'), 0o755);
    symlinkSync(outside, join(rootfs, 'd/absolute'));
    symlinkSync('../../../../outside', join(rootfs, 'd/relative'));
    const { files } = createRealHost({ rootfs, environment: {} });
    expect(await files.readText('/d/absolute')).toBeUndefined();
    expect(await files.readText('/d/relative')).toBeUndefined();
    await files.write({ path: '/d/relative', content: 'inside', mode: 0o644 });
    expect(readFileSync(outside, 'utf8')).toBe('outside');
    expect(readFileSync(join(rootfs, 'outside'), 'utf8')).toBe('inside');
  });

  it('names the path of the user and the root prefix in its problems', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { files } = createRealHost({ rootfs: folder, environment: {} });
    await expect(files.read('/file/below')).rejects.toMatchObject({
      problem: {
        code: 'FILE_UNREADABLE',
        summary: 'cannot read /file/below',
        detail: `ENOTDIR: /file is not a directory (below ${folder})`,
        where: { file: '/file/below' },
      },
    });
  });

  it.each([
    ['does not exist', 'none'],
    ['is a file', 'file'],
  ])('refuses a root prefix that %s', (_, name) => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => createRealHost({ rootfs: join(folder, name), environment: {} })).toThrow(/cannot use .* as the root directory/);
  });

  it('sees no service manager below a root prefix', async () => {
    const { services } = createRealHost({ rootfs: folder, environment: process.env });
    expect(await services.manager()).toBeUndefined();
    expect(await services.exists('kubelet')).toBe(false);
    await expect(services.restart('kubelet')).rejects.toMatchObject({ problem: { code: 'SERVICE_MANAGER_MISSING' } });
  });

  it('finds the loopback interface with its address', () => {
    const { network } = createRealHost({ environment: {} });
    const loopback = network.interfaces().find(({ name }) => name === 'lo');
    expect(loopback).toMatchObject({ up: true, loopback: true, pointToPoint: false });
    expect(loopback!.addresses).toContain('127.0.0.1');
    expect(network.hostName()).not.toBe('');
  });

  it('tells whether somebody listens on a socket', async () => {
    const { network } = createRealHost({ rootfs: folder, environment: {} });
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(join(folder, 'runtime.sock'), resolve);
    });
    writeFileSync(join(folder, 'file.sock'), '');
    try {
      expect(await network.acceptsConnections('/runtime.sock')).toBe(true);
      expect(await network.acceptsConnections('/file.sock')).toBe(false);
      expect(await network.acceptsConnections('/none.sock')).toBe(false);
    } finally {
      server.close();
    }
  });
});
