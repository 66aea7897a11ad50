import { describe, expect, it } from 'vitest';
import { createMemoryHost, type MemoryHostOptions } from '../../src/host/memory/host.ts';
import { runCommandLine, type Ended, type Surroundings } from '../fixtures/command-line.ts';
import { readyMachine } from '../fixtures/machine-files.ts';

/** @param words words behind `preflight` */
const preflight = (words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> =>
  runCommandLine(['preflight', ...words], { machine: readyMachine, ...surroundings });

const version = ['--kubernetes-version', 'v1.36.2'];
const withFiles = (files: NonNullable<MemoryHostOptions['files']>): MemoryHostOptions => ({
  ...readyMachine,
  files: { ...readyMachine.files, ...files },
});

interface Row {
  readonly name: string;
  readonly severity: string;
  readonly status: string;
  readonly findings: readonly Readonly<Record<string, string>>[];
  readonly durationMs: number;
}

const rowsOf = ({ stdout }: Ended): readonly Row[] =>
  (JSON.parse(stdout) as { readonly result: { readonly checks: readonly Row[] } }).result.checks;
const remarkable = (ended: Ended): readonly (readonly [string, string])[] =>
  rowsOf(ended)
    .filter(({ status }) => status !== 'passed')
    .map(({ name, status }) => [name, status]);

describe('preflight run', () => {
  it('lists every check as passed on a machine that is fit, and changes nothing', async () => {
    const { code, stdout, stderr, host, runtime } = await preflight(['run', ...version]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^CHECK +STATUS +TIME$/);
    expect(rows.at(0)).toMatch(/^IsPrivilegedUser +passed +\d+ ms$/);
    expect(rows.filter((row) => !/ passed +\d+ ms$/.test(row))).toEqual([]);
    expect(runtime.pulls).toEqual([]);
    expect(host.snapshot()).toEqual(createMemoryHost(readyMachine).snapshot());
  });

  it('tells findings and remedies, and fails with the names of the checks that failed', async () => {
    const machine = { ...withFiles({ '/var/lib/etcd/member': '', '/proc/swaps': 'Filename\n/dev/sda2\n' }) };
    const { code, stdout, stderr } = await preflight(['run', ...version], { machine });
    expect(code).toBe(4);
    expect(stdout).toMatch(/^DirAvailable--var-lib-etcd +error /m);
    expect(stdout).toMatch(/^Swap +warning /m);
    expect(stdout).toMatch(/\nDirAvailable--var-lib-etcd\n {2}error: \/var\/lib\/etcd is not empty: it holds "member"\n {4}remedy: .+\n/);
    expect(stderr).toMatch(/^error: a check failed: DirAvailable--var-lib-etcd\n/);
    expect(stderr).toContain('code: PREFLIGHT_FAILED');
  });

  it('goes on over errors that are ignored, by flag and by file', async () => {
    const file = [
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\nnodeRegistration: {ignorePreflightErrors: [NumCPU]}',
      'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.36.2\n',
    ].join('\n---\n');
    const machine = withFiles({ '/c.yaml': file, '/var/lib/etcd/member': '', '/proc/self/status': 'Cpus_allowed_list:\t3\n' });
    const words = ['run', '--config', '/c.yaml', '--ignore-preflight-errors', 'diravailable--var-lib-etcd', '-o', 'json'];
    const ended = await preflight(words, { machine });
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(remarkable(ended)).toEqual([
      ['NumCPU', 'ignored'],
      ['DirAvailable--var-lib-etcd', 'ignored'],
    ]);
  });

  it('gives programs all checks, also when some fail', async () => {
    const ended = await preflight(['run', ...version, '--cri-socket', 'unix:///x.sock', '-o', 'json'], { runtime: { unreachable: true } });
    expect(ended.code).toBe(4);
    expect(ended.sockets).toEqual(['unix:///x.sock']);
    expect(JSON.parse(ended.stdout)).toMatchObject({ kind: 'RunReport', status: 'failed', problems: [{ code: 'PREFLIGHT_FAILED' }] });
    expect(rowsOf(ended).find(({ name }) => name === 'CRI')).toEqual({
      name: 'CRI',
      severity: 'error',
      status: 'error',
      findings: [
        {
          severity: 'error',
          summary: 'the container runtime does not answer at unix:///run/memory.sock',
          detail: 'connect ECONNREFUSED unix:///run/memory.sock',
          remedy: expect.stringContaining('Start the container runtime') as string,
        },
      ],
      durationMs: expect.any(Number) as number,
    });
  });

  it('tells an ordinary user one thing only, unless that is ignored', async () => {
    const machine = { ...readyMachine, uid: 1000 };
    const refused = await preflight(['run', ...version, '-o', 'json'], { machine });
    expect(rowsOf(refused).map(({ name }) => name)).toEqual(['IsPrivilegedUser']);
    expect(refused.code).toBe(4);
    const ignored = await preflight(['run', ...version, '--ignore-preflight-errors=IsPrivilegedUser', '-o', 'json'], { machine });
    expect(rowsOf(ignored).length).toBeGreaterThan(20);
    expect(ignored.code).toBe(0);
  });

  it('refuses to ignore what does not exist, but warns only under the name kubeadm', async () => {
    const words = ['run', ...version, '--ignore-preflight-errors=NumCPUs'];
    const refused = await preflight(words);
    expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('Did you mean NumCPU?');
    const told = await preflight(words, { program: 'kubeadm' });
    expect(told.code).toBe(0);
    expect(told.stderr).toMatch(/^warning: .*there is no preflight check "numcpus"/);
  });
});

describe('preflight list', () => {
  it('shows name, severity, command and what the check looks at', async () => {
    const { code, stdout, stderr } = await preflight(['list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^CHECK +SEVERITY +COMMANDS +ABOUT$/m);
    expect(stdout).toMatch(/^Swap +warning +init +Looks for swap$/m);
    expect(stdout).toMatch(/^FileExisting-conntrack +error +init +.*\(only for older versions of Kubernetes\)$/m);
  });

  it.each(['json', 'yaml'])('gives programs the same as %s', async (format) => {
    const { stdout } = await preflight(['list', '-o', format]);
    expect(stdout).toMatch(format === 'json' ? /"name": "Swap",\n +"severity": "warning",/ : /name: Swap\n +severity: warning/);
  });
});

describe('preflight explain', () => {
  it('tells what the check is about and how to go on regardless', async () => {
    const { code, stdout } = await preflight(['explain', 'port-7443']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Port-7443\n {2}commands: init \(only where .*\n {2}severity: error, stops the run\n\nListens on TCP port 7443 /,
    );
    expect(stdout).toContain('\nTo go on regardless: --ignore-preflight-errors=Port-7443,\n');
    expect(stdout).toMatch(/ {2}nodeRegistration:\n {4}ignorePreflightErrors: \[Port-7443\]\n$/);
  });

  it('does not tell how to ignore what only warns', async () => {
    const { stdout } = await preflight(['explain', 'Swap']);
    expect(stdout).toContain('severity: warning, stops nothing');
    expect(stdout).not.toContain('--ignore-preflight-errors');
  });

  it('gives programs an object', async () => {
    const { stdout } = await preflight(['explain', 'mem', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'Mem',
      severity: 'error',
      commands: ['init'],
      ignore: '--ignore-preflight-errors=Mem',
    });
  });

  it('suggests the check that was probably meant', async () => {
    const { code, stdout, stderr } = await preflight(['explain', 'FileAvailable-etc-kubernetes-manifests-etcd.yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Did you mean FileAvailable--etc-kubernetes-manifests-etcd.yaml?');
  });
});
