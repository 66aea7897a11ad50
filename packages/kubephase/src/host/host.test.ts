import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Action } from 'phaserunner';
import { createDryRunHost, flatRedirect } from './dry-run/host.ts';
import { createMemoryHost } from './memory/host.ts';
import type { MemoryEntry } from './memory/disk.ts';
import { createRealHost } from './real/host.ts';
import { recordHost } from './recording.ts';
import { hostCases, type HostUnderTest, type HostExceptions, type MakeHost } from './host.cases.ts';

const isRoot = process.getuid?.() === 0;
const needsRoot: HostExceptions = isRoot
  ? {}
  : {
      'gives files to another owner': 'only root may give files away',
      'keeps an owner given to a file when it writes the file again': 'only root may give files away',
    };

/** Puts `files` on the disk below `root`. */
async function fill(root: string, files: Readonly<Record<string, MemoryEntry>>): Promise<void> {
  for (const [path, entry] of Object.entries(files)) {
    const place = join(root, path);
    await mkdir(dirname(place), { recursive: true });
    if (typeof entry === 'string' || entry instanceof Uint8Array) await writeFile(place, entry);
    else if ('link' in entry) await symlink(entry.link, place);
    // A pipe stands for all that is no file: only root may make devices.
    else if ('device' in entry) execFileSync('sh', ['-c', 'mkfifo "$0"', place]);
    else {
      if ('directory' in entry) await mkdir(place);
      else await writeFile(place, entry.content);
      if (entry.mode !== undefined) await chmod(place, entry.mode);
      if (entry.owner !== undefined) await chown(place, entry.owner.uid, entry.owner.gid);
    }
  }
}

async function makeRealHost(files: Readonly<Record<string, MemoryEntry>> = {}): Promise<HostUnderTest> {
  const rootfs = await mkdtemp(join(tmpdir(), 'kubephase-host-'));
  await fill(rootfs, files);
  return { host: createRealHost({ rootfs, environment: {} }), dispose: () => rm(rootfs, { recursive: true, force: true }) };
}

const makeMemoryHost: MakeHost = (files = {}) => ({ host: createMemoryHost({ files }) });

const folders = {
  certificates: '/etc/kubernetes/pki',
  kubeconfigs: '/etc/kubernetes',
  manifests: '/etc/kubernetes/manifests',
  kubelet: '/var/lib/kubelet',
};
const dryRunOf =
  (make: MakeHost): MakeHost =>
  async (files) => {
    const { host, ...rest } = await make(files);
    return { ...rest, host: createDryRunHost(host, { redirect: flatRedirect(folders, '/dry') }) };
  };
const dryRunExceptions: HostExceptions = {
  'follows a symbolic link when it writes, and the link stays': 'a dry run writes beside the machine, not through its links',
  'creates the target of a link that leads nowhere': 'a dry run writes beside the machine, not through its links',
};

hostCases('the real host below a root prefix', makeRealHost, needsRoot);
hostCases('the host in memory', makeMemoryHost);
hostCases('a dry run over the real host', dryRunOf(makeRealHost), dryRunExceptions);
hostCases('a dry run over the host in memory', dryRunOf(makeMemoryHost), dryRunExceptions);

describe('recorded actions', () => {
  it('are the same for a real host, a host in memory and a dry run', async () => {
    const files = { '/etc/kubernetes/pki/.sa.pub.kubephase-new': 'left', '/etc/passwd': 'root:x:0:0:::/bin/sh\n' };
    const run = async (make: MakeHost): Promise<readonly Action[]> => {
      const actions: Action[] = [];
      const made = await make(files);
      const host = recordHost(made.host, (action) => actions.push(action), { includeContent: true });
      await host.files.makeDirectory('/etc/kubernetes/manifests', 0o700);
      await host.files.makeDirectory('/etc/kubernetes/manifests', 0o700);
      await host.files.makeDirectory('/var/lib/etcd', 0o700);
      await host.files.writeTogether([
        { path: '/etc/kubernetes/pki/ca.key', content: 'key', mode: 0o600, secret: true },
        { path: '/etc/kubernetes/pki/ca.crt', content: 'certificate', mode: 0o644 },
      ]);
      await host.files.adoptStaged('/etc/kubernetes/pki/sa.pub', { name: '.sa.pub.kubephase-new' });
      await host.files.write({ path: '/etc/passwd', content: 'changed', mode: 0o644 });
      await host.files.setAccess('/etc/kubernetes/pki/ca.key', { mode: 0o640 });
      await made.dispose?.();
      return actions;
    };
    const expected = await run(makeRealHost);
    expect(expected.map(({ kind }) => kind)).toEqual([
      'make-directory',
      'make-directory',
      'write-file',
      'write-file',
      'adopt-file',
      'write-file',
      'set-access',
    ]);
    for (const make of [makeMemoryHost, dryRunOf(makeRealHost), dryRunOf(makeMemoryHost)]) expect(await run(make)).toEqual(expected);
  });
});
