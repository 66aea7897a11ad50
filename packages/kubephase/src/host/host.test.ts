import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createMemoryHost } from './memory/host.ts';
import type { MemoryEntry } from './memory/nodes.ts';
import { createRealHost } from './real/host.ts';
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
    else if ('device' in entry) throw new Error('no devices here');
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

hostCases('the real host below a root prefix', makeRealHost, needsRoot);
hostCases('the host in memory', makeMemoryHost);
