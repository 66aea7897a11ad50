import { describe, expect, it } from 'vitest';
import { runConfig } from './run.ts';

const version = 'kubernetesVersion: v1.36.2\n';
const document = (kind: string, fields = '', apiVersion = 'kubeadm.k8s.io/v1beta4') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\n${fields}`;
const cluster = (fields = '') => document('ClusterConfiguration', version + fields);

async function validate(text: string, words: readonly string[] = []) {
  return runConfig(['validate', '--config', '/c.yaml', ...words], { files: { '/c.yaml': text } });
}

const join = 'discovery: {bootstrapToken: {token: abcdef.0123456789abcdef, apiServerEndpoint: "a:6443", unsafeSkipCAVerification: true}}\n';

describe('config validate', () => {
  it.each([
    ['a cluster', cluster()],
    ['an empty file', ''],
    ['a kubelet configuration alone', document('KubeletConfiguration', '', 'kubelet.config.k8s.io/v1beta1')],
    ['a join configuration', document('JoinConfiguration', join)],
    [
      'several families',
      [cluster(), document('JoinConfiguration', join), document('ResetConfiguration'), document('UpgradeConfiguration')].join('---\n'),
    ],
    ['JSON', JSON.stringify({ apiVersion: 'kubeadm.k8s.io/v1beta4', kind: 'ResetConfiguration' })],
  ])('prints ok for %s', async (_name, text) => {
    expect(await validate(text)).toMatchObject({ code: 0, stdout: 'ok\n', stderr: '' });
  });

  it('reports everything at once, each with place, field and what is meant', async () => {
    const { code, stdout, stderr } = await validate(
      [
        cluster('networking:\n  podSubnets: 10.244.0.0/16\n  serviceSubnet: 10.96.0.0/33\nclusterName: a\nclusterName: b\n'),
        document('ResetConfiguration', 'certificatesDir: bar\nunmountFlags: [baz, MNT_FORCE]\n'),
        document('Unknown', '', 'example.com/v1'),
      ].join('---\n'),
    );
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    for (const text of [
      '6 problems',
      '/c.yaml:5:3 (networking.podSubnets)',
      'Did you mean "podSubnet"',
      '/c.yaml:6:3 (networking.serviceSubnet)',
      '/c.yaml:8:1 (clusterName)',
      '/c.yaml:12:1 (certificatesDir)',
      '/c.yaml:13:16 (unmountFlags.0)',
      'unknown kind "Unknown" of "example.com/v1"',
    ])
      expect(stderr).toContain(text);
  });

  it('reports the problems to programs, with the same exit code', async () => {
    const { code, stdout } = await validate(cluster('podSubnet: x\n'), ['-o', 'json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      apiVersion: 'output.kubephase.dev/v1alpha2',
      kind: 'RunReport',
      command: 'config validate',
      status: 'failed',
      durationMs: expect.any(Number) as number,
      phases: [],
      problems: [
        {
          code: 'CONFIG_UNKNOWN_FIELD',
          summary: expect.stringContaining('"podSubnet"') as string,
          detail: expect.stringContaining('networking') as string,
          remedy: expect.any(String) as string,
          where: { file: '/c.yaml', line: 4, column: 1, field: 'podSubnet' },
          retryable: false,
        },
      ],
    });
  });

  it.each([
    ['json', /"status": "succeeded"/],
    ['yaml', /^status: succeeded$/m],
  ])('tells programs that all is well, as %s', async (format, status) => {
    const { code, stdout } = await validate(cluster(), ['-o', format]);
    expect(code).toBe(0);
    expect(stdout).toMatch(status);
    expect(stdout).not.toContain('problems');
  });

  const old = document('ClusterConfiguration', version, 'kubeadm.k8s.io/v1beta3');

  it('warns of versions that are no longer written, unless told not to', async () => {
    const warned = await validate(old);
    expect(warned).toMatchObject({ code: 0, stdout: 'ok\n' });
    expect(warned.stderr).toMatch(/^warning: \/c\.yaml:1:1: .*v1beta3.*config migrate/);
    expect(await validate(old, ['--allow-deprecated-api'])).toMatchObject({ code: 0, stdout: 'ok\n', stderr: '' });
  });

  it('lists warnings for programs as well', async () => {
    const { stdout } = await validate(old, ['-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'succeeded',
      warnings: [{ text: expect.stringContaining('v1beta3') as string, code: 'CONFIG_API_VERSION_DEPRECATED' }],
    });
  });

  it('names the tool that still reads a version that was removed', async () => {
    const { code, stderr } = await validate(document('InitConfiguration', '', 'kubeadm.k8s.io/v1beta2'), ['--allow-experimental-api']);
    expect(code).toBe(3);
    expect(stderr).toContain('v1.22');
  });

  it('does not look for container runtimes', async () => {
    const { code } = await runConfig(['validate', '--config', '-'], {
      stdin: cluster(),
      machine: { sockets: ['/var/run/crio/crio.sock', '/var/run/containerd/containerd.sock'] },
    });
    expect(code).toBe(0);
  });

  it('takes versions that it does not know when told to', async () => {
    const text = document('ClusterConfiguration', 'kubernetesVersion: v1.99.0\n');
    expect((await validate(text)).code).toBe(3);
    const allowed = await validate(text, ['--allow-unknown-version']);
    expect(allowed).toMatchObject({ code: 0, stdout: 'ok\n' });
    expect(allowed.stderr).toContain('v1.99.0');
  });

  it('reads standard input', async () => {
    expect(await runConfig(['validate', '--config', '-'], { stdin: cluster() })).toMatchObject({ code: 0, stdout: 'ok\n' });
  });

  it.each([
    [[], 2, 'the --config flag is mandatory'],
    [['--config', ''], 2, 'the --config flag is mandatory'],
    [['--config', '/none.yaml'], 3, 'unable to read config from "/none.yaml"'],
    [['--config', '/'], 3, 'It is a directory'],
    [['--config', '/c.yaml', '-o', 'xml'], 2, 'must be one of text, json, yaml'],
    [['/c.yaml'], 2, 'unknown command "/c.yaml"'],
  ])('refuses %j', async (words, exitCode, text) => {
    const { code, stdout, stderr } = await runConfig(['validate', ...words], { files: { '/c.yaml': cluster() } });
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toContain(text);
  });

  it('teaches in its help', async () => {
    const { code, stdout } = await runConfig(['validate', '--help'], { program: 'kubeadm' });
    expect(code).toBe(0);
    expect(stdout).toContain('kubeadm config validate --config cluster.yaml\n');
    expect(stdout).toContain('--allow-deprecated-api');
    expect(stdout).not.toContain('--kubeconfig');
  });

  it('never prints a secret that is wrong', async () => {
    const { stderr } = await validate(
      document('InitConfiguration', 'bootstrapTokens: [{token: abcdef.0123456789ABCDEF}]\ncertificateKey: 0a0a\n'),
    );
    expect(stderr).toContain('bootstrapTokens.0.token');
    expect(stderr).not.toContain('0123456789ABCDEF');
    expect(stderr).not.toContain('0a0a');
  });
});
