/** Devices and pipes in the place of files: the program reads regular files and standard input, and waits for nobody else. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { createSandbox, type Outcome, type Sandbox } from './sandbox.ts';

const cluster = (more = ''): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.0.2.10}
nodeRegistration: {name: cp1, criSocket: unix:///run/containerd/containerd.sock}
${more}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ECDSA-P256
`;

describe.each(programs.filter(({ missing }) => missing === undefined))('$name', ({ command }) => {
  let sandbox: Sandbox;
  beforeEach(() => {
    sandbox = createSandbox(command);
    sandbox.write('/cluster.yaml', cluster());
  });
  afterEach(() => sandbox.remove());

  const pipe = (path: string): string => {
    const place = join(sandbox.root, path);
    mkdirSync(dirname(place), { recursive: true });
    execFileSync('sh', ['-c', 'mkfifo "$0"', place]);
    return place;
  };
  const below = (...words: readonly string[]): Outcome =>
    sandbox.run(['init', 'phase', ...words, '--rootfs', sandbox.root, '--config', '/cluster.yaml']);

  const help = (words: readonly string[], environment = {}): Outcome => sandbox.run(['init', '--help', ...words], { environment });

  it('refuses a device and a pipe as configuration file', () => {
    for (const path of ['/dev/zero', '/dev/tty', pipe('/pipe')]) {
      const { exitCode, stderr } = sandbox.run(['config', 'validate', '--config', path]);
      expect([path, exitCode]).toEqual([path, 3]);
      expect(stderr).toContain('CONFIG_UNREADABLE');
      expect(stderr).toContain('no regular file');
    }
  });

  it('reads the pipe that a shell makes of the output of a program', () => {
    const quoted = [...command, 'config', 'validate', '--config'].map((word) => `'${word}'`).join(' ');
    const stdout = execFileSync('bash', ['-c', `${quoted} <(cat '${sandbox.root}/cluster.yaml')`], { encoding: 'utf8' });
    expect(stdout).toBe('ok\n');
    const { exitCode } = sandbox.run(['config', 'validate', '--config', '/dev/stdin'], { input: cluster() });
    expect(exitCode).toBe(0);
  });

  it('refuses devices and pipes as settings and as extra phases', () => {
    const place = pipe('/pipe');
    for (const path of ['/dev/zero', place]) {
      expect(help([], { KUBEPHASE_SETTINGS: path })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('SETTINGS_UNREADABLE') });
      expect(help(['--extra-phases', path])).toMatchObject({
        exitCode: 2,
        stderr: expect.stringMatching(/EXTRA_PHASES_INVALID|SETTINGS_EXPOSED/),
      });
    }
  });

  it.each([
    ['certs ca', '/etc/kubernetes/pki/ca.crt'],
    ['certs ca', '/etc/kubernetes/pki/ca.key'],
    ['certs sa', '/etc/kubernetes/pki/sa.key'],
    ['control-plane apiserver', '/etc/kubernetes/manifests/kube-apiserver.yaml'],
    ['kubelet-start', '/var/lib/kubelet/config.yaml'],
  ])('ends "init phase %s" with an error when %s is a pipe', (words, path) => {
    pipe(path);
    const { exitCode, stderr } = below(...words.split(' '));
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(path);
    expect(stderr).toContain('regular file');
  });

  it('ends with an error when a patch is a pipe', () => {
    pipe('/patches/kube-apiserver.yaml');
    sandbox.write('/cluster.yaml', cluster('patches: {directory: /patches}'));
    const { exitCode, stderr } = below('control-plane', 'apiserver');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('/patches/kube-apiserver.yaml');
  });

  it.runIf(process.getuid?.() === 0)('runs no code as root that others can change', () => {
    const path = join(sandbox.root, 'phases.mjs');
    sandbox.write('/phases.mjs', 'export const extraPhases = [];\n');
    const load = (): Outcome => sandbox.run(['init', 'phase', '--list', '--extra-phases', path]);
    expect(load().exitCode).toBe(0);
    chmodSync(path, 0o666);
    expect(load()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`chmod go-w ${path}`) });
    chmodSync(path, 0o644);
    chownSync(sandbox.root, 12_345, 12_345);
    expect(load()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(`chown root ${sandbox.root}`) });
  });
});
