import { expect, it, test } from 'vitest';
import { createMemoryHost, type MemoryHostOptions } from '../../host/memory/host.ts';
import type { Mount } from '../../host/port.ts';
import { findCgroups, judgeCgroups } from './cgroups.ts';

const mount = (type: string, path: string): Mount => ({ source: type, path, type, options: ['rw'] });

test.each<[string, MemoryHostOptions, unknown]>([
  ['only version 2', { mounts: [mount('cgroup2', '/sys/fs/cgroup')] }, { version: 2, path: '/sys/fs/cgroup' }],
  [
    'only version 1',
    { mounts: [mount('tmpfs', '/sys/fs/cgroup'), mount('cgroup', '/sys/fs/cgroup/memory')], files: { '/sys/fs/cgroup/memory/tasks': '' } },
    { version: 1, path: '/sys/fs/cgroup' },
  ],
  [
    'version 1 without memory, beside version 2',
    { mounts: [mount('tmpfs', '/sys/fs/cgroup'), mount('cgroup', '/sys/fs/cgroup/cpu'), mount('cgroup2', '/sys/fs/cgroup/unified')] },
    { version: 2, path: '/sys/fs/cgroup/unified' },
  ],
  ['version 1 elsewhere', { mounts: [mount('proc', '/proc'), mount('cgroup', '/cgroup/cpu')] }, { version: 1, path: '/cgroup/cpu' }],
  ['none', { mounts: [mount('proc', '/proc')] }, undefined],
  ['no table of mounts', {}, undefined],
])('a machine with %s is recognised', async (_, options, expected) => {
  expect(await findCgroups(createMemoryHost(options))).toEqual(expected);
});

const table = (names: readonly string[], off: readonly string[] = []): string =>
  ['#subsys_name\thierarchy\tnum_cgroups\tenabled', ...names.map((name) => `${name}\t1\t1\t${off.includes(name) ? 0 : 1}`), ''].join('\n');

const all1 = ['cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids', 'hugetlb', 'blkio'];
const list2 = '/c/cgroup.controllers';
const freeze = { '/c/system.slice/cgroup.freeze': '' };

interface Case {
  readonly version: 1 | 2;
  readonly files: Readonly<Record<string, string>>;
  readonly refused?: boolean;
  /** Severity where it is not that of the check, and the end of the summary. */
  readonly expected: readonly (readonly [string | undefined, RegExp])[];
}

const old = /version 1, with which kubelets from 1\.35 on/;
const refused = /version 1, with which this kubelet/;

test.each<[string, Case]>([
  ['version 2 with everything', { version: 2, files: { [list2]: 'cpuset cpu io memory hugetlb pids\n', ...freeze }, expected: [] }],
  ['version 2 that shows no group', { version: 2, files: { [list2]: 'cpuset cpu io memory hugetlb pids\n' }, expected: [] }],
  [
    'version 2 that cannot freeze',
    {
      version: 2,
      files: { [list2]: 'cpuset cpu io memory hugetlb pids\n', '/c/system.slice/cgroup.procs': '' },
      expected: [[undefined, /required .*: freezer$/]],
    },
  ],
  [
    'version 2 seen from inside a group',
    { version: 2, files: { [list2]: 'cpuset cpu io memory hugetlb pids\n', '/c/cgroup.freeze': '', '/c/a/x': '' }, expected: [] },
  ],
  [
    'version 2 without io',
    { version: 2, files: { [list2]: 'cpuset cpu memory hugetlb pids\n', ...freeze }, expected: [['warning', /optional .*: io$/]] },
  ],
  [
    'version 2 without most',
    {
      version: 2,
      files: { [list2]: 'io\n', ...freeze },
      expected: [
        [undefined, /required .*: cpu cpuset memory pids$/],
        ['warning', /hugetlb$/],
      ],
    },
  ],
  ['version 1 with everything', { version: 1, files: { '/proc/cgroups': table(all1) }, expected: [['warning', old]] }],
  ['version 1 and a new kubelet', { version: 1, files: { '/proc/cgroups': table(all1) }, refused: true, expected: [['error', refused]] }],
  [
    'version 1 with memory switched off',
    {
      version: 1,
      files: { '/proc/cgroups': table(all1, ['memory', 'blkio']) },
      refused: true,
      expected: [
        [undefined, /: memory$/],
        ['warning', /: blkio$/],
      ],
    },
  ],
])('%s is judged', async (_, { version, files, refused: isRefused = false, expected }) => {
  const findings = await judgeCgroups(createMemoryHost({ files }), { version, path: '/c' }, isRefused);
  expect(findings.map(({ severity }) => severity)).toEqual(expected.map(([severity]) => severity));
  for (const [index, [, pattern]] of expected.entries()) expect(findings[index]?.summary).toMatch(pattern);
});

it('tells of each controller whether it is there when one is missing', async () => {
  const files = { '/proc/cgroups': table(all1, ['memory']) };
  const [finding] = await judgeCgroups(createMemoryHost({ files }), { version: 1, path: '/c' }, false);
  expect(finding?.detail?.split('\n')).toEqual(
    ['CPU', 'CPUACCT', 'CPUSET', 'DEVICES', 'FREEZER', 'MEMORY', 'PIDS', 'HUGETLB', 'BLKIO'].map(
      (name) => `CGROUPS_${name}: ${name === 'MEMORY' ? 'missing' : 'enabled'}`,
    ),
  );
});
