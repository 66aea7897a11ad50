/** A run that is broken off leaves nothing on the machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { command } from './command.ts';
import { checkout, rigs, scripts } from './settings.ts';

const soon = { timeout: 120_000, interval: 100 };

/** Starts a run of its own and returns the number of its rig as soon as etcd, a container in its node, writes. */
async function startRun(): Promise<{ readonly run: ChildProcess; readonly rig: string; readonly ended: Promise<number | null> }> {
  const run = spawn('sh', [join(checkout, 'e2e/run.sh'), 'scenarios/kubeadm'], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => run.once('exit', (code) => resolve(code)));
  const findRig = (): string => readdirSync(rigs).find((rig) => statusOf(ownerOf(rig)).parent === String(run.pid)) ?? 'none';
  await expect.poll(() => existsSync(join(rigs, findRig(), 'nodes/genuine/disk/var/lib/etcd/member')), soon).toBe(true);
  return { run, rig: findRig(), ended };
}

function ownerOf(rig: string): string {
  return textOf(join(rigs, rig, 'owner')).split(' ')[0] ?? '';
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statusOf(pid: string): { readonly state: string | undefined; readonly parent: string | undefined } {
  const [state, parent] = textOf(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return { state, parent };
}

/** Whether it runs, and in a cgroup of the node. What ended is in the table until its parent asks for it. */
function isOf(name: string, pid: string): boolean {
  return textOf(`/proc/${pid}/cgroup`).includes(`/kubephase-e2e/${name}`) && statusOf(pid).state !== 'Z';
}

/** Empty when there is no such file, or no such process any more. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Everything on this machine that belongs to a rig, in words. */
async function leftovers(rig: string): Promise<readonly string[]> {
  const name = `${rig}-genuine`;
  const controllers = ['.', ...readdirSync('/sys/fs/cgroup')];
  return [
    ...readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isOf(name, pid)),
    ...controllers.map((controller) => join('/sys/fs/cgroup', controller, 'kubephase-e2e', name)).filter((path) => existsSync(path)),
    ...(await command(['ip', 'netns'])).split('\n').filter((line) => line.startsWith(`kpe2e-${name}`)),
    ...(await command(['ip', '-brief', 'link'])).split('\n').filter((line) => line.startsWith(`kpe2e${rig}`)),
    ...readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .filter((line) => line.includes(join(rigs, rig))),
    ...readdirSync(rigs).filter((entry) => entry === rig),
  ];
}

it('removes everything when it is interrupted', async () => {
  const { run, rig, ended } = await startRun();
  expect(await leftovers(rig)).not.toEqual([]);
  run.kill('SIGINT');
  expect(await ended).not.toBe(0);
  expect(await leftovers(rig)).toEqual([]);
});

it('leaves to the next run what it could not remove itself', async () => {
  const { run, rig, ended } = await startRun();
  run.kill('SIGKILL');
  await ended;
  process.kill(Number(ownerOf(rig)), 'SIGKILL');
  expect(await leftovers(rig)).not.toEqual([]);
  await command(['sh', join(scripts, 'clean-up.sh'), rigs]);
  expect(await leftovers(rig)).toEqual([]);
});
