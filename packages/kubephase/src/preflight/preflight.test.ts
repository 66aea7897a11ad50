import { expect, test } from 'vitest';
import { checkContext } from '../../test/fixtures/check-context.ts';
import type { MemoryHostOptions } from '../host/memory/host.ts';
import type { Check } from './check.ts';
import { dirAvailable, fileAvailable } from './obstacles.ts';
import { externalEtcdFiles } from './external-etcd.ts';
import { isPrivilegedUser, mem, numCpu, swap } from './machine.ts';

const swaps = 'Filename Type Size Used Priority\n';
const etcdFiles = externalEtcdFiles({ endpoints: [], httpEndpoints: [], caFile: '/e/ca', certFile: '', keyFile: '/e/key' });

interface Case {
  readonly checks: readonly Check[];
  readonly host: MemoryHostOptions;
  /** Of the checks that find something. */
  readonly names: readonly string[];
}

test.each<[string, Case]>([
  ['root', { checks: [isPrivilegedUser], host: {}, names: [] }],
  ['an ordinary user', { checks: [isPrivilegedUser], host: { uid: 1000 }, names: ['IsPrivilegedUser'] }],
  ['a free path', { checks: [fileAvailable('/etc/kubernetes/x.yaml')], host: {}, names: [] }],
  [
    'a taken path',
    { checks: [fileAvailable('/etc/x.yaml')], host: { files: { '/etc/x.yaml': '' } }, names: ['FileAvailable--etc-x.yaml'] },
  ],
  [
    'a path taken by a folder',
    { checks: [fileAvailable('/etc/x.yaml')], host: { files: { '/etc/x.yaml/y': '' } }, names: ['FileAvailable--etc-x.yaml'] },
  ],
  ['a missing directory', { checks: [dirAvailable('/data/e')], host: {}, names: [] }],
  ['an empty directory', { checks: [dirAvailable('/data/e')], host: { files: { '/data/e': { directory: true } } }, names: [] }],
  [
    'a directory with a file',
    { checks: [dirAvailable('/data/e')], host: { files: { '/data/e/member': '' } }, names: ['DirAvailable--data-e'] },
  ],
  ['no swap', { checks: [swap], host: { files: { '/proc/swaps': swaps } }, names: [] }],
  ['swap', { checks: [swap], host: { files: { '/proc/swaps': `${swaps}/dev/sda2 partition 1 0 -2\n` } }, names: ['Swap'] }],
  ['no word about swap', { checks: [swap], host: {}, names: [] }],
  ['two processors', { checks: [numCpu], host: { files: { '/proc/self/status': 'Name:\tx\nCpus_allowed_list:\t0,7\n' } }, names: [] }],
  ['a range of processors', { checks: [numCpu], host: { files: { '/proc/self/status': 'Cpus_allowed_list:\t4-5\n' } }, names: [] }],
  ['one processor', { checks: [numCpu], host: { files: { '/proc/self/status': 'Cpus_allowed_list:\t3\n' } }, names: ['NumCPU'] }],
  ['enough memory', { checks: [mem], host: { files: { '/proc/meminfo': 'MemTotal:        1740800 kB\n' } }, names: [] }],
  ['too little memory', { checks: [mem], host: { files: { '/proc/meminfo': 'MemTotal:        1740799 kB\n' } }, names: ['Mem'] }],
  ['one file for etcd missing', { checks: etcdFiles, host: { files: { '/e/ca': '' } }, names: ['ExternalEtcdClientCertificates'] }],
])('%s is judged', async (_, { checks, host, names }) => {
  const context = checkContext({ host });
  const found = await Promise.all(checks.map(async ({ name, run }) => (await run(context)).map((finding) => ({ name, finding }))));
  expect(found.flat().map(({ name }) => name)).toEqual(names);
  for (const { finding } of found.flat()) expect(finding.remedy).toMatch(/\.$/);
});

test('a file where the data of etcd is to be fails with its path', async () => {
  const context = checkContext({ host: { files: { '/data/e': 'a file' } } });
  await expect(dirAvailable('/data/e').run(context)).rejects.toThrow('/data/e');
});
