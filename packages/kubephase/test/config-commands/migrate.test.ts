import { describe, expect, it } from 'vitest';
import { runConfig } from './run.ts';

const old = `# of the first cluster
apiVersion: kubeadm.k8s.io/v1beta3
kind: InitConfiguration
bootstrapTokens:
- token: abcdef.0123456789abcdef # shared
nodeRegistration: {name: node-a, kubeletExtraArgs: {v: "5", node-ip: 1.2.3.4}}
---
apiVersion: kubeadm.k8s.io/v1beta3
kind: ClusterConfiguration
kubernetesVersion: v1.36.1
controlPlaneEndpoint: cp.example.com
apiServer:
  timeoutForControlPlane: 7m # slow disks
  extraArgs:
    audit: "1" # why
`;

const files = { '/old.yaml': old };

describe('config migrate', () => {
  it('writes the newest version to standard output and keeps comments', async () => {
    const { code, stdout, stderr } = await runConfig(['migrate', '--old-config', '/old.yaml'], { files });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('apiVersion: kubeadm.k8s.io/v1beta4');
    expect(stdout).not.toContain('v1beta3');
    expect(stdout).not.toContain('timeoutForControlPlane');
    for (const text of ['# of the first cluster', '# shared', '# why', 'controlPlaneComponentHealthCheck: 7m'])
      expect(stdout).toContain(text);
  });

  it('gives a file that validate accepts and that leads to the same configuration', async () => {
    const { stdout } = await runConfig(['migrate', '--old-config', '-'], { stdin: old });
    expect(await runConfig(['validate', '--config', '-'], { stdin: stdout })).toMatchObject({ code: 0, stdout: 'ok\n', stderr: '' });
    const before = await runConfig(['show', '--config', '-', '--show-secrets'], { stdin: old });
    expect((await runConfig(['show', '--config', '-', '--show-secrets'], { stdin: stdout })).stdout).toBe(before.stdout);
  });

  it('warns when standard output differs from the file, because a terminal would act upon it', async () => {
    const hidden = old.replace('# why', '# \u202Ewhy');
    const { code, stdout, stderr, host } = await runConfig(['migrate', '--old-config', '-'], { stdin: hidden });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('printed as their codes') as unknown });
    expect(stdout).toContain(String.raw`# \u202ewhy`);
    const file = await runConfig(['migrate', '--old-config', '-', '--new-config', '/new.yaml'], { stdin: hidden });
    expect(file).toMatchObject({ code: 0, stderr: '' });
    expect(file.host.snapshot()['/new.yaml']?.text).toContain('# \u202Ewhy');
    expect(host.snapshot()['/new.yaml']).toBeUndefined();
  });

  it('writes a whole file and prints nothing', async () => {
    const { code, stdout, stderr, host } = await runConfig(['migrate', '--old-config', '/old.yaml', '--new-config', '/new.yaml'], {
      files,
    });
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    const printed = await runConfig(['migrate', '--old-config', '/old.yaml'], { files });
    expect(host.snapshot()['/new.yaml']).toMatchObject({ text: printed.stdout, mode: 0o644 });
  });

  it('keeps the mode of a file that it replaces', async () => {
    const { host } = await runConfig(['migrate', '--old-config', '/old.yaml', '--new-config', '/old.yaml'], {
      machine: {},
      files: { '/old.yaml': { content: old, mode: 0o600 } },
    });
    expect(host.snapshot()['/old.yaml']).toMatchObject({ mode: 0o600 });
    expect(host.snapshot()['/old.yaml']?.text).toContain('v1beta4');
  });

  it('shows the new file to nobody who may not see the old one', async () => {
    const { host } = await runConfig(['migrate', '--old-config', '/old.yaml', '--new-config', '/new.yaml'], {
      files: { '/old.yaml': { content: old, mode: 0o640 } },
    });
    expect(host.snapshot()['/new.yaml']).toMatchObject({ mode: 0o640 });
  });

  it('writes every field when asked to, those of this machine too', async () => {
    const text = 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.36.2\n';
    const bare = await runConfig(['migrate', '--old-config', '-'], { stdin: text });
    expect(bare.stdout).toBe(text);
    const { stdout } = await runConfig(['migrate', '--old-config', '-', '--with-defaults'], { stdin: text });
    for (const line of ['kind: InitConfiguration', 'advertiseAddress: 192.0.2.10', 'name: host-1', 'clusterName: kubernetes'])
      expect(stdout).toContain(line);
    expect(stdout).toMatch(/token: [a-z0-9]{6}\.[a-z0-9]{16}$/m);
  });

  it('makes nothing of nothing', async () => {
    expect(await runConfig(['migrate', '--old-config', '-'], { stdin: '' })).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('writes no file when something is wrong', async () => {
    const { code, stderr, host } = await runConfig(['migrate', '--old-config', '/old.yaml', '--new-config', '/new.yaml'], {
      files: { '/old.yaml': old.replace('audit', 'x: {}\n    audit') },
    });
    expect(code).toBe(3);
    expect(stderr).toContain('/old.yaml:15:');
    expect(host.snapshot()['/new.yaml']).toBeUndefined();
  });

  it.each([
    [[], 2, 'the --old-config flag is mandatory'],
    [['--old-config', '/none.yaml'], 3, '/none.yaml'],
    [['--old-config', '/old.yaml', '--new-config', '/'], 5, 'cannot write /'],
  ])('refuses %j', async (words, exitCode, text) => {
    const { code, stdout, stderr } = await runConfig(['migrate', ...words], { files });
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toContain(text);
  });
});
