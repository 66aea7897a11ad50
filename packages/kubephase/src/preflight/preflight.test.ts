import { isProblemError, type Problem } from 'phaserunner';
import { expect, test } from 'vitest';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { createMemoryHost, type MemoryHostOptions } from '../host/memory/host.ts';
import type { InitConfig } from '../config/types.ts';
import type { Check, CheckContext } from './check.ts';
import { dirAvailable } from './dir-available.ts';
import { fileAvailable } from './file-available.ts';
import { settingIsOn } from './file-content.ts';
import { externalEtcdFiles } from './external-etcd-files.ts';
import { hostname } from './hostname.ts';
import { initChecks } from './init-checks.ts';
import { isPrivilegedUser } from './is-privileged-user.ts';
import { mem } from './mem.ts';
import { numCpu } from './num-cpu.ts';
import { runChecks } from './run.ts';
import { swap } from './swap.ts';

function context(options: MemoryHostOptions, config: InitConfig = initConfig()): CheckContext {
  return { config, host: createMemoryHost(options) };
}

interface Outcome {
  readonly warnings: readonly string[];
  readonly problems: readonly Problem[];
}

async function outcomeOf(checks: readonly Check[], on: CheckContext, ignore: readonly string[] = []): Promise<Outcome> {
  const warnings: string[] = [];
  const task = { warn: (text: string) => void warnings.push(text), debug: () => undefined };
  try {
    await runChecks(checks, { context: on, ignore, task });
    return { warnings, problems: [] };
  } catch (error) {
    if (!isProblemError(error)) throw error;
    return { warnings, problems: error.problems };
  }
}

const found = (name: string, severity: 'warning' | 'error'): Check => ({ name, severity, run: () => [{ summary: `seen by ${name}` }] });

test('all errors come together and in order, after the warnings', async () => {
  const { warnings, problems } = await outcomeOf([found('Two', 'error'), found('Swap', 'warning'), found('One', 'error')], context({}));
  expect(warnings).toEqual(['[WARNING Swap]: seen by Swap']);
  expect(problems.map(({ code, summary }) => [code, summary])).toEqual([
    ['PREFLIGHT_FAILED', '[ERROR Two]: seen by Two'],
    ['PREFLIGHT_FAILED', '[ERROR One]: seen by One'],
  ]);
  expect(problems[0]?.remedy).toContain('--ignore-preflight-errors=Two');
});

test.each([[['two']], [['all']]])('with %j ignored an error only warns', async (ignore) => {
  const { warnings, problems } = await outcomeOf([found('Two', 'error')], context({}), ignore);
  expect(warnings).toEqual(['[WARNING Two]: seen by Two']);
  expect(problems).toEqual([]);
});

test('ignoring one check leaves the others', async () => {
  const { problems } = await outcomeOf([found('Two', 'error'), found('One', 'error')], context({}), ['two', 'unheard-of']);
  expect(problems.map((one) => one.summary)).toEqual(['[ERROR One]: seen by One']);
});

test('a check that cannot look fails with what stopped it', async () => {
  const broken = dirAvailable('/etc/passwd');
  const { problems } = await outcomeOf([broken], context({ files: { '/etc/passwd': 'root' } }));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ code: 'PREFLIGHT_FAILED', where: { object: 'preflight check DirAvailable--etc-passwd' } });
  expect(problems[0]?.summary).toMatch(/^\[ERROR DirAvailable--etc-passwd\]: .*\/etc\/passwd/);
});

const swaps = 'Filename Type Size Used Priority\n';
const forward = settingIsOn('/proc/f', 'net.f');
const etcdFiles = externalEtcdFiles({ endpoints: [], httpEndpoints: [], caFile: '/e/ca', certFile: '', keyFile: '/e/key' });

interface Case {
  readonly checks: readonly Check[];
  readonly host: MemoryHostOptions;
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
  ['a missing directory', { checks: [dirAvailable('/data/e')], host: {}, names: [] }],
  [
    'a directory with a file',
    { checks: [dirAvailable('/data/e')], host: { files: { '/data/e/member': '' } }, names: ['DirAvailable--data-e'] },
  ],
  ['a setting that is on', { checks: [forward], host: { files: { '/proc/f': '1\n' } }, names: [] }],
  ['a setting that is off', { checks: [forward], host: { files: { '/proc/f': '0\n' } }, names: ['FileContent--proc-f'] }],
  ['a setting that the kernel does not have', { checks: [forward], host: {}, names: ['FileContent--proc-f'] }],
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
  const { warnings, problems } = await outcomeOf(checks, context(host));
  const texts = [...warnings, ...problems.map((one) => one.summary)];
  expect(texts.map((text) => /^\[(?:WARNING|ERROR) ([^\]]+)\]/.exec(text)?.[1])).toEqual(names);
});

test.each([
  ['cp1', 0],
  ['cp1.example.org', 0],
  ['example.org/cp1', 0],
  ['-cp1', 1],
  ['cp_1', 0],
  ['', 1],
  ['a'.repeat(63), 0],
  ['a'.repeat(64), 1],
  [`-${'a'.repeat(64)}`, 2],
  ['Upper/cp1', 1],
  ['a/b/c', 1],
])('the node name %j breaks %i rules', async (name, count) => {
  const config = initConfig({ nodeRegistration: { ...initConfig().nodeRegistration, name } });
  expect(await hostname.run(context({}, config))).toHaveLength(count);
});

test('the names hold the configured paths, and IPv6 is only looked at where it is used', () => {
  const names = initChecks(initConfig(), '/etc/kubernetes/manifests').map((check) => check.name);
  expect(names).toEqual([
    'NumCPU',
    'Mem',
    'FileAvailable--etc-kubernetes-manifests-kube-apiserver.yaml',
    'FileAvailable--etc-kubernetes-manifests-kube-controller-manager.yaml',
    'FileAvailable--etc-kubernetes-manifests-kube-scheduler.yaml',
    'FileAvailable--etc-kubernetes-manifests-etcd.yaml',
    'Swap',
    'Hostname',
    'FileContent--proc-sys-net-ipv4-ip_forward',
    'DirAvailable--var-lib-etcd',
  ]);
});

test('with etcd outside the cluster its files are looked at instead of a data directory', () => {
  const external = { endpoints: [], httpEndpoints: [], caFile: '/e/ca', certFile: '/e/crt', keyFile: '/e/key' };
  const names = initChecks(initConfig({ cluster: { etcd: { external } } }), '/m').map((check) => check.name);
  expect(names.slice(-4)).toEqual([
    'FileContent--proc-sys-net-ipv4-ip_forward',
    'ExternalEtcdClientCertificates',
    'ExternalEtcdClientCertificates',
    'ExternalEtcdClientCertificates',
  ]);
});

test.each([
  ['10.96.0.0/12,fd00::/112', '', ['FileContent--proc-sys-net-ipv4-ip_forward', 'FileContent--proc-sys-net-ipv6-conf-default-forwarding']],
  ['fd00::/112', 'fd01::/64', ['FileContent--proc-sys-net-ipv6-conf-default-forwarding']],
])('with Service network %s forwarding is needed for its families', (serviceSubnet, podSubnet, expected) => {
  const config = initConfig({
    localAPIEndpoint: { advertiseAddress: podSubnet === '' ? '192.0.2.1' : 'fd02::1', bindPort: 6443 },
    cluster: { networking: { serviceSubnet, podSubnet, dnsDomain: 'cluster.local' } },
  });
  const names = initChecks(config, '/m').map((check) => check.name);
  expect(names.filter((name) => name.startsWith('FileContent'))).toEqual(expected);
});
