import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRealDisk } from './disk.ts';
import { readServiceLog } from './service-log.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kubephase-log-'));
  mkdirSync(join(root, 'var/log/kubelet'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const logFile = (): string => join(root, 'var/log/kubelet.log');

function read(lines: number): Promise<readonly string[]> {
  return readServiceLog({ tree: { disk: createRealDisk(), root }, environment: { PATH: root } }, 'kubelet', lines);
}

/** Files are read below `root` and programs run on the whole disk, so the program stands at its path on both. */
function journalctl(body: string): void {
  for (const path of [join(root, 'journalctl'), join(root, root, 'journalctl')]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o755);
  }
}

describe('readServiceLog', () => {
  it('asks the journal for so many lines of the service', async () => {
    journalctl('echo "$*"; echo; echo last');
    writeFileSync(logFile(), 'from the file\n');
    expect(await read(7)).toEqual(['--quiet --no-pager -o cat -n 7 -u kubelet', 'last']);
  });

  it.each([
    ['fails', 'echo none; exit 1'],
    ['is empty', 'exit 0'],
  ])('takes the file when the journal %s', async (_, body) => {
    journalctl(body);
    writeFileSync(logFile(), 'from the file\n');
    expect(await read(7)).toEqual(['from the file']);
  });

  it('takes the file in a folder of the same name when there is no other', async () => {
    writeFileSync(join(root, 'var/log/kubelet/kubelet.log'), 'one\ntwo\n');
    expect(await read(1)).toEqual(['two']);
  });

  it('reads only the end of a large file, from the start of a line', async () => {
    writeFileSync(logFile(), `${'x'.repeat(300_000)}\n${'first\n'.repeat(3)}last\n`);
    expect(await read(2)).toEqual(['first', 'last']);
    expect(await read(100)).toEqual(['first', 'first', 'first', 'last']);
  });

  it('finds no log in a folder', async () => {
    mkdirSync(logFile());
    expect(await read(3)).toEqual([]);
  });
});
