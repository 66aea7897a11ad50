import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockCases, lockOf } from './lock.cases.ts';
import { createMemoryRunLocks } from './memory.ts';
import { createRealRunLocks } from './real.ts';

const claim = { command: 'kubephase init', startedAtMs: 0 };
const isRoot = process.getuid?.() === 0;

lockCases('a lock in memory', () => {
  const register = {};
  return { open: () => createMemoryRunLocks(register) };
});

lockCases('a lock of a tree with /run', () => {
  const root = mkdtempSync(join(tmpdir(), 'lock-'));
  mkdirSync(join(root, 'run'));
  return { open: () => createRealRunLocks({ root }), dispose: () => rmSync(root, { recursive: true }) };
});

lockCases('a lock of a tree without /run', () => {
  const root = mkdtempSync(join(tmpdir(), 'lock-'));
  return { open: () => createRealRunLocks({ root }), dispose: () => rmSync(root, { recursive: true }) };
});

describe('the lock of a tree', () => {
  let root = '';
  let place = '';
  const children: ChildProcess[] = [];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lock-'));
    place = join(root, 'run/kubephase');
    mkdirSync(join(root, 'run'));
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  /** Name of an entry of the tree. */
  function entryName(pid: number): string {
    const { dev, ino } = statSync(root, { bigint: true });
    return `kubephase-${dev}-${ino}-${pid}-0123abcd`;
  }

  /** Another process that listens at `path` and answers `answer`, or nothing. Ends when `kill` is called. */
  async function listener(path: string, answer = ''): Promise<{ readonly pid: number; readonly kill: () => Promise<void> }> {
    const script = `const server = require('node:net').createServer((asker) => process.argv[2] && asker.end(process.argv[2]));
      server.listen(process.argv[1], () => console.log('ready'));`;
    const child = spawn(process.execPath, ['-e', script, path, answer], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    await new Promise((resolve) => {
      child.stdout.once('data', resolve);
    });
    return {
      pid: child.pid ?? 0,
      kill: async () => {
        const over = new Promise((resolve) => {
          child.once('exit', resolve);
        });
        child.kill('SIGKILL');
        await over;
      },
    };
  }

  it('leaves nothing behind', async () => {
    const lock = lockOf(await createRealRunLocks({ root }).attempt(claim));
    expect(readdirSync(place)).toHaveLength(1);
    lock.release();
    expect(readdirSync(join(root, 'run'))).toEqual([]);
  });

  it('ends with a process that is killed, and what that left is removed', async () => {
    mkdirSync(place);
    const name = entryName(4711);
    const { kill } = await listener(join(place, name), JSON.stringify({ tree: name.replace(/4711.*/, ''), state: 'holder', pid: 4711 }));
    const locks = createRealRunLocks({ root });
    expect(await locks.attempt(claim)).toEqual({ taken: false, holder: { pid: 4711 } });
    await kill();
    expect(existsSync(join(place, name))).toBe(true);
    const lock = lockOf(await locks.attempt(claim));
    expect(existsSync(join(place, name))).toBe(false);
    lock.release();
  });

  it('is held by a process that does not answer', async () => {
    mkdirSync(place);
    await listener(join(place, entryName(4711)));
    expect(await createRealRunLocks({ root }).attempt(claim)).toEqual({ taken: false, holder: { pid: 4711 } });
  });

  it('is not held by a run on another tree whose socket was given a name here', async () => {
    mkdirSync(place);
    await listener(join(place, entryName(4711)), JSON.stringify({ tree: 'kubephase-1-2-', state: 'holder', pid: 4711 }));
    lockOf(await createRealRunLocks({ root }).attempt(claim)).release();
  });

  it('is found where another run had to put it', async () => {
    const shared = join(root, 'shared');
    mkdirSync(shared);
    rmSync(join(root, 'run'), { recursive: true });
    const lock = lockOf(await createRealRunLocks({ root, shared: [shared] }).attempt(claim));
    mkdirSync(join(root, 'run'));
    expect((await createRealRunLocks({ root, shared: [shared] }).attempt(claim)).taken).toBe(false);
    lock.release();
  });

  it('is refused when there is no safe folder for it', async () => {
    const shared = join(root, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o777);
    symlinkSync('/tmp', join(root, 'link'));
    rmSync(join(root, 'run'), { recursive: true });
    const locks = createRealRunLocks({ root, shared: [shared, join(root, 'link'), join(root, 'none')] });
    await expect(locks.attempt(claim)).rejects.toMatchObject({
      problem: { code: 'RUN_LOCK_UNAVAILABLE', detail: expect.stringContaining(shared) as string },
    });
  });

  it('is not taken by what another user puts into a folder for everybody', async (context) => {
    if (!isRoot) context.skip('giving files to another user needs root');
    const shared = join(root, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o1777);
    const path = join(shared, entryName(4711));
    await listener(path);
    chownSync(path, 65534, 65534);
    lockOf(await createRealRunLocks({ root, shared: [shared] }).attempt(claim)).release();
    expect(existsSync(path)).toBe(true);
  });

  it('does not use a folder that another user made in its place', async (context) => {
    if (!isRoot) context.skip('giving files to another user needs root');
    const shared = join(root, 'shared');
    mkdirSync(shared);
    mkdirSync(place);
    chownSync(place, 65534, 65534);
    const lock = lockOf(await createRealRunLocks({ root, shared: [shared] }).attempt(claim));
    expect([readdirSync(place).length, readdirSync(shared).length]).toEqual([0, 1]);
    lock.release();
  });

  it('writes nothing into the tree of another user, but finds the runs of that user there', async (context) => {
    if (!isRoot) context.skip('giving files to another user needs root');
    const shared = join(root, 'shared');
    mkdirSync(shared);
    for (const path of [root, join(root, 'run')]) chownSync(path, 65534, 65534);
    const locks = createRealRunLocks({ root, shared: [shared] });
    const lock = lockOf(await locks.attempt(claim));
    expect([readdirSync(join(root, 'run')), readdirSync(shared).length]).toEqual([[], 1]);
    lock.release();
    mkdirSync(place);
    const path = join(place, entryName(4711));
    await listener(path, JSON.stringify({ tree: entryName(4711).replace(/4711.*/, ''), state: 'holder', pid: 4711 }));
    for (const owned of [place, path]) chownSync(owned, 65534, 65534);
    expect(await locks.attempt(claim)).toEqual({ taken: false, holder: { pid: 4711 } });
  });
});
