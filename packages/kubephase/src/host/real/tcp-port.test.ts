import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findListener } from './tcp-port.ts';

let proc = '';
beforeEach(() => {
  proc = mkdtempSync(join(tmpdir(), 'kubephase-proc-'));
  mkdirSync(join(proc, 'net'));
  mkdirSync(join(proc, 'sys'));
});
afterEach(() => rmSync(proc, { recursive: true, force: true }));

const heading = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (local: string, state: string, inode: number): string =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000 100 0 0 10 0\n`;

function table(name: 'tcp' | 'tcp6', ...rows: readonly string[]): void {
  writeFileSync(join(proc, 'net', name), heading + rows.join(''));
}

/** A process with the sockets of these inodes. */
function addProcess(
  pid: number,
  sockets: readonly number[],
  { exe, comm = 'short' }: { readonly exe?: string; readonly comm?: string },
): void {
  mkdirSync(join(proc, String(pid), 'fd'), { recursive: true });
  symlinkSync('/dev/null', join(proc, String(pid), 'fd/0'));
  for (const [index, inode] of sockets.entries()) symlinkSync(`socket:[${inode}]`, join(proc, String(pid), `fd/${index + 3}`));
  if (exe !== undefined) symlinkSync(exe, join(proc, String(pid), 'exe'));
  writeFileSync(join(proc, String(pid), 'comm'), `${comm}\n`);
}

describe('findListener', () => {
  it('finds the process with its whole name in the table of either family', () => {
    table('tcp', row('0100007F:2811', '0A', 41));
    table('tcp6', row('00000000000000000000000000000000:192B', '0A', 77));
    addProcess(12, [76, 77], { exe: '/usr/local/bin/kube-apiserver', comm: 'kube-apiserver' });
    addProcess(900, [41], { exe: '/usr/local/bin/kube-controller-manager (deleted)', comm: 'kube-controller' });
    expect(findListener(6443, proc)).toEqual({ pid: 12, program: 'kube-apiserver' });
    expect(findListener(10257, proc)).toEqual({ pid: 900, program: 'kube-controller-manager' });
  });

  it('passes over connections, other ports and sockets of nobody', () => {
    table('tcp', row('0100007F:192B', '01', 41), row('0100007F:192C', '0A', 42), row('0100007F:192D', '0A', 0));
    addProcess(12, [41, 42], { exe: '/bin/x' });
    expect(findListener(6443, proc)).toBeUndefined();
    expect(findListener(6445, proc)).toBeUndefined();
  });

  it('names the process that opened the socket before those that got it from there', () => {
    table('tcp', row('00000000:0050', '0A', 5));
    addProcess(1200, [5], { exe: '/usr/sbin/nginx' });
    addProcess(99, [5], { exe: '/usr/sbin/nginx' });
    expect(findListener(80, proc)?.pid).toBe(99);
  });

  it('passes over processes that have ended and takes the short name where the long one cannot be seen', () => {
    table('tcp', row('00000000:0050', '0A', 5));
    mkdirSync(join(proc, '7'));
    addProcess(8, [5], { comm: 'kubelet' });
    expect(findListener(80, proc)).toEqual({ pid: 8, program: 'kubelet' });
  });

  it('finds nothing where there is no proc file system', () => {
    expect(findListener(80, join(proc, 'none'))).toBeUndefined();
  });
});
