import { expect, it, test } from 'vitest';
import { checkContext } from '../../../test/fixtures/check-context.ts';
import { fitMachine } from '../../../test/fixtures/machine-files.ts';
import type { MemoryHostOptions } from '../../host/memory/host.ts';
import { performChecks, type WeighedFinding } from '../run.ts';
import { systemVerification } from './system-verification.ts';

async function findings(host: MemoryHostOptions): Promise<readonly WeighedFinding[]> {
  const [outcome] = await performChecks([systemVerification], { context: checkContext({ host }), ignore: [] });
  return outcome?.findings ?? [];
}

const withFiles = (files: Readonly<Record<string, string>>): MemoryHostOptions => ({
  ...fitMachine,
  files: { ...fitMachine.files, ...files },
});
const withRelease = (release: string): MemoryHostOptions =>
  withFiles({ '/proc/sys/kernel/osrelease': `${release}\n`, [`/boot/config-${release}`]: fitMachine.files['/boot/config-6.1.0-18-amd64'] });

it('finds nothing on a machine that is fit', async () => {
  expect(await findings(fitMachine)).toEqual([]);
});

test.each([
  ['5.4.0-150-generic', true],
  ['5.10.0', true],
  ['5.15.167.4-microsoft-standard-WSL2', true],
  ['6.1.0-18-amd64', true],
  ['7.0.0', true],
  ['10.2.3', true],
  ['5.3.18', false],
  ['5.11.0', false],
  ['4.19.0', false],
  ['2.6.32', false],
  ['6.1', false],
])('with the kernel %s it passes: %s', async (release, passes) => {
  const found = await findings(withRelease(release));
  expect(found.map(({ severity, summary }) => [severity, summary])).toEqual(
    passes ? [] : [['warning', `Kubernetes is not tested with Linux ${release}, only with 5.4, 5.10, 5.15, or 6.0 and later`]],
  );
});

it('names all missing options at once, with the state of each', async () => {
  const [finding, ...others] = await findings(withFiles({ '/boot/config-6.1.0-18-amd64': 'CONFIG_NAMESPACES=y\nCONFIG_NET_NS=n\n' }));
  expect(others).toEqual([]);
  expect(finding?.severity).toBe('error');
  expect(finding?.summary).toMatch(/^the kernel lacks required options: CONFIG_NET_NS CONFIG_PID_NS .* CONFIG_CGROUPS CONFIG_CGROUP_BPF /);
  expect(finding?.detail?.split('\n').slice(0, 3)).toEqual([
    'CONFIG_NAMESPACES: enabled',
    'CONFIG_NET_NS: disabled',
    'CONFIG_PID_NS: not set',
  ]);
});

const summaries = async (host: MemoryHostOptions): Promise<readonly string[]> => (await findings(host)).map(({ summary }) => summary);

test.each<[string, MemoryHostOptions, readonly RegExp[]]>([
  ['a kernel without its configuration', withFiles({ '/proc/sys/kernel/osrelease': '6.2.0\n' }), [/options .* not to be found$/]],
  ['another system', withFiles({ '/proc/sys/kernel/ostype': 'FreeBSD\n' }), [/this machine runs FreeBSD$/]],
  ['no control groups', { ...fitMachine, mounts: [] }, [/^no control groups are mounted$/]],
  ['no kubelet, and looks no further', { programs: {} }, [/kubelet/]],
  [
    'a machine that tells nothing',
    { programs: fitMachine.programs },
    [/does not tell its release$/, /does not tell its name$/, /^no control groups are mounted$/],
  ],
])('tells of %s', async (_, host, expected) => {
  const found = await summaries(host);
  expect(found).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
});

const version1 = {
  mounts: [{ source: 'cgroup', path: '/sys/fs/cgroup/cpu', type: 'cgroup', options: [] }],
  files: {
    ...fitMachine.files,
    '/proc/cgroups':
      'cpu 1 1 1\ncpuacct 1 1 1\ncpuset 1 1 1\ndevices 1 1 1\nfreezer 1 1 1\nmemory 1 1 1\npids 1 1 1\nhugetlb 1 1 1\nblkio 1 1 1\n',
  },
};

test.each([
  ['v1.20.2', 'warning'],
  ['v1.34.9', 'warning'],
  ['v1.35.0-alpha.1', 'error'],
  ['v1.36.2', 'error'],
])('with control groups of version 1 the kubelet %s gives a finding that is a %s', async (kubelet, severity) => {
  const found = await findings({ ...version1, programs: { 'kubelet --version': `Kubernetes ${kubelet}\n` } });
  expect(found.map((finding) => finding.severity)).toEqual([severity]);
});
