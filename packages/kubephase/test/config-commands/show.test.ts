import { describe, expect, it } from 'vitest';
import { runConfig } from './run.ts';

const file = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens:
- token: abcdef.0123456789abcdef
  usages: [signing, authentication]
certificateKey: ${'0a'.repeat(32)}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
apiServer:
  certSANs: [a.example]
  extraArgs:
  - {name: v, value: "4"}
  extraEnvs:
  - name: TEXT
    value: |
      one
      two
featureGates: {RootlessControlPlane: false}
networking:
  podSubnet: 10.244.0.0/16
`;

interface Row {
  readonly field: string;
  readonly value: unknown;
  readonly source: string;
}

async function sources(words: readonly string[], files: Readonly<Record<string, string>> = {}): Promise<ReadonlyMap<string, string>> {
  const { stdout, stderr, code } = await runConfig(['show', '--origin', '-o', 'json', ...words], { files });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return new Map((JSON.parse(stdout) as readonly Row[]).map(({ field, source }) => [field, source]));
}

describe('config show', () => {
  it('prints the effective configuration as documents that can be used as a file', async () => {
    const first = await runConfig(['show', '--config', '/c.yaml', '--show-secrets'], { files: { '/c.yaml': file } });
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const again = await runConfig(['show', '--config', '-', '--show-secrets', '--strict'], { stdin: first.stdout });
    expect(again.stdout).toBe(first.stdout);
  });

  it('tells file, line and column of what was given, in one column of comments', async () => {
    const { stdout } = await runConfig(['show', '--config', '/c.yaml', '--origin'], { files: { '/c.yaml': file } });
    const commented = stdout.split('\n').filter((line) => line.includes('  # ') && line.length < 100);
    expect(stdout).toContain('# /c.yaml:22:3');
    expect(stdout).toMatch(/^ {2}podSubnet: 10\.244\.0\.0\/16 +# \/c\.yaml:22:3$/m);
    expect(stdout).toMatch(/^ {4}value: \| +# \/c\.yaml:17:5$/m);
    expect(stdout).toMatch(/^ {2}name: host-1 +# detected$/m);
    const [init = '', cluster = ''] = stdout.split('---\n');
    for (const document of [init, cluster]) {
      const columns = document.split('\n').flatMap((line) => (line.includes('  # ') ? [line.indexOf('  # ')] : []));
      expect(new Set(columns).size).toBe(1);
    }
    expect(commented.length).toBeGreaterThan(30);
  });

  it('still is YAML with comments', async () => {
    const commented = await runConfig(['show', '--config', '/c.yaml', '--origin', '--show-secrets'], { files: { '/c.yaml': file } });
    const plain = await runConfig(['show', '--config', '/c.yaml', '--show-secrets'], { files: { '/c.yaml': file } });
    expect((await runConfig(['show', '--config', '-', '--show-secrets'], { stdin: commented.stdout })).stdout).toBe(plain.stdout);
  });

  it('names every kind of source', async () => {
    const found = await sources(['--config', '/c.yaml', '--node-name', 'n1'], { '/c.yaml': file });
    expect([...new Set([...found.values()].map((source) => source.replace(/:\d+:\d+$/, '')))].sort()).toEqual([
      '/c.yaml',
      'default',
      'detected',
      'flag --node-name',
    ]);
    expect(Object.fromEntries(found)).toMatchObject({
      'InitConfiguration.nodeRegistration.name': 'flag --node-name',
      'InitConfiguration.localAPIEndpoint.advertiseAddress': 'detected',
      'InitConfiguration.bootstrapTokens.0.token': '/c.yaml:4:3',
      'InitConfiguration.bootstrapTokens.0.ttl': 'default',
      'ClusterConfiguration.apiServer.certSANs.0': '/c.yaml:12:14',
      'ClusterConfiguration.apiServer.extraArgs.0.value': '/c.yaml:14:15',
      'ClusterConfiguration.clusterName': 'default',
    });
  });

  it('knows flags without a file, lists and maps included', async () => {
    const flags = '--kubernetes-version v1.36.2 --apiserver-cert-extra-sans a.example,b.example --feature-gates RootlessControlPlane=true';
    const found = await sources([...flags.split(' '), '--cri-socket', 'unix:///x.sock']);
    expect(Object.fromEntries(found)).toMatchObject({
      'ClusterConfiguration.kubernetesVersion': 'flag --kubernetes-version',
      'ClusterConfiguration.apiServer.certSANs.1': 'flag --apiserver-cert-extra-sans',
      'ClusterConfiguration.featureGates.RootlessControlPlane': 'flag --feature-gates',
      'InitConfiguration.nodeRegistration.criSocket': 'flag --cri-socket',
      'InitConfiguration.bootstrapTokens.0.token': 'generated',
    });
  });

  it('finds the place of fields that v1beta3 writes in another way', async () => {
    const old = `apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
apiServer:
  timeoutForControlPlane: 7m
scheduler:
  extraArgs: {v: "4"}
`;
    const { stdout } = await runConfig(['show', '--origin', '-o', 'json', '--config', '/old.yaml'], { files: { '/old.yaml': old } });
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        { field: 'InitConfiguration.timeouts.controlPlaneComponentHealthCheck', value: '7m0s', source: '/old.yaml:5:3' },
        { field: 'ClusterConfiguration.scheduler.extraArgs.0.value', value: '4', source: '/old.yaml:7:3' },
      ]),
    );
  });

  it('tells a socket that was found on the machine', async () => {
    const { stdout } = await runConfig(['show', '--origin', '--kubernetes-version', 'v1.36.2'], {
      machine: { sockets: ['/var/run/crio/crio.sock'] },
    });
    expect(stdout).toMatch(/criSocket: unix:\/\/\/var\/run\/crio\/crio\.sock +# detected/);
  });

  it('hides the secret half of tokens and the certificate key', async () => {
    const { stdout, stderr } = await runConfig(['show', '--config', '/c.yaml', '--origin'], { files: { '/c.yaml': file } });
    expect(stdout + stderr).not.toContain('0123456789abcdef');
    expect(stdout + stderr).not.toContain('0a0a');
    expect(stdout).toContain('token: abcdef.(hidden)');
    expect(stdout).toContain('certificateKey: (hidden)');
  });

  it('prints a list of documents as JSON', async () => {
    const { stdout } = await runConfig(['show', '--config', '/c.yaml', '-o', 'json'], { files: { '/c.yaml': file } });
    expect(JSON.parse(stdout)).toMatchObject([{ kind: 'InitConfiguration' }, { kind: 'ClusterConfiguration' }]);
  });

  it('shows configurations of components that are in the file or asked for', async () => {
    const kubelet = `${file}---\napiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nmaxPods: 50\n`;
    const { stdout } = await runConfig(['show', '--config', '/c.yaml', '--origin'], { files: { '/c.yaml': kubelet } });
    expect(stdout).toMatch(/^maxPods: 50 +# \/c\.yaml:26:1$/m);
    expect(stdout).not.toContain('KubeProxyConfiguration');
    const asked = await runConfig(['show', '--config', '/c.yaml', '--component-configs', 'KubeProxyConfiguration'], {
      files: { '/c.yaml': file },
    });
    expect(asked.stdout).toContain('kind: KubeProxyConfiguration');
  });

  it('shows every kind that the file has', async () => {
    const text = `apiVersion: kubeadm.k8s.io/v1beta3
kind: JoinConfiguration
discovery:
  bootstrapToken: {token: abcdef.0123456789abcdef, apiServerEndpoint: "a:6443", unsafeSkipCAVerification: true}
  timeout: 3m
controlPlane: {certificateKey: ${'0a'.repeat(32)}}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ResetConfiguration
unmountFlags: [MNT_FORCE]
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: UpgradeConfiguration
plan: {etcdUpgrade: false}
`;
    const { code, stdout } = await runConfig(['show', '--config', '/c.yaml', '--origin', '-o', 'json'], { files: { '/c.yaml': text } });
    expect(code).toBe(0);
    expect(stdout).not.toContain('0123456789abcdef');
    const found = new Map((JSON.parse(stdout) as readonly Row[]).map(({ field, ...row }) => [field, row]));
    expect(Object.fromEntries(found)).toMatchObject({
      'JoinConfiguration.nodeRegistration.name': { value: 'host-1', source: 'detected' },
      'JoinConfiguration.controlPlane.localAPIEndpoint.advertiseAddress': { value: '192.0.2.10', source: 'detected' },
      'JoinConfiguration.controlPlane.certificateKey': { value: '(hidden)', source: '/c.yaml:6:16' },
      'JoinConfiguration.discovery.tlsBootstrapToken': { value: 'abcdef.(hidden)', source: 'default' },
      'JoinConfiguration.timeouts.discovery': { value: '3m0s', source: '/c.yaml:5:3' },
      'ResetConfiguration.unmountFlags.0': { value: 'MNT_FORCE', source: '/c.yaml:10:16' },
      'UpgradeConfiguration.plan.etcdUpgrade': { value: false, source: '/c.yaml:14:8' },
      'UpgradeConfiguration.apply.etcdUpgrade': { value: true, source: 'default' },
    });
  });

  it('refuses flags beside a file that init refuses as well', async () => {
    const ended = await runConfig(['show', '--config', '/c.yaml', '--service-cidr', '10.0.0.0/16'], { files: { '/c.yaml': file } });
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain("can not mix '--config' with arguments [service-cidr]");
  });
});
