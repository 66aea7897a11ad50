import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import { dirAvailable, portFree } from './obstacles.ts';

const find = (port: number) =>
  portFree(port).run(checkContext({ host: { listeners: { 6443: { pid: 812, program: 'kube-apiserver' }, 10_250: 'hidden' } } }));

test('a free port is fine', async () => {
  expect(portFree(7443).name).toBe('Port-7443');
  expect(await find(7443)).toEqual([]);
});

test('a port that is taken is told with the process that has it', async () => {
  expect(await find(6443)).toEqual([
    {
      summary: 'port 6443 is in use by kube-apiserver (process 812)',
      remedy: 'Stop kube-apiserver, or reset the node when it is left from an earlier run.',
    },
  ]);
});

test('where the process cannot be seen there is a way to find it', async () => {
  expect(await find(10_250)).toEqual([
    { summary: 'port 10250 is in use', remedy: expect.stringContaining(`ss -lntp 'sport = :10250'`) as string },
  ]);
});

test('any other reason why nobody can listen is told', async () => {
  const host = createMemoryHost();
  const network = { ...host.network, portFault: async () => 'EACCES' };
  expect(await portFree(443).run({ ...checkContext(), host: { ...host, network } })).toEqual([
    { summary: 'cannot listen on port 443: EACCES' },
  ]);
});

const data = '/var/lib/etcd';
const inside = (files: Readonly<Record<string, string>>) => dirAvailable(data).run(checkContext({ host: { files } }));

test('a folder for data may be missing, and may be the root of a file system of its own', async () => {
  expect(await inside({})).toEqual([]);
  expect(await inside({ [`${data}/lost+found/x`]: '' })).toEqual([]);
});

test('data of an earlier etcd is told, also beside lost+found', async () => {
  expect(await inside({ [`${data}/lost+found/x`]: '', [`${data}/member/snap/db`]: '' })).toEqual([
    { summary: `${data} is not empty: it holds "member"`, remedy: expect.stringContaining('an earlier run') as string },
  ]);
});

test('anything else is named, and is not taken for data of etcd', async () => {
  const files = Object.fromEntries(['a', 'b', 'c', 'd', 'lost+found'].map((name) => [`${data}/${name}`, '']));
  expect(await inside(files)).toEqual([
    { summary: `${data} is not empty: it holds "a", "b", "c" and 2 more`, remedy: expect.stringContaining('etcd.local.dataDir') as string },
  ]);
});
