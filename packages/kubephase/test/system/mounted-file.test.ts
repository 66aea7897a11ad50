/** A file that is mounted by itself, as in containers: no rename can replace it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { cleanEnvironment, createSandbox } from './sandbox.ts';

const config = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.0.2.10}
nodeRegistration: {name: cp1, criSocket: unix:///run/containerd/containerd.sock}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
`;

const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;

it.for(programs)('$name writes it in place, with a warning', ({ command, missing }, context) => {
  if (missing !== undefined) context.skip(missing);
  if (!canMount) context.skip('a mount namespace needs root');
  const sandbox = createSandbox(command);
  try {
    mkdirSync(join(sandbox.root, 'var/lib/kubelet'), { recursive: true });
    sandbox.write('/config.yaml', config);
    sandbox.write('/target', 'a text that is longer than what is written\n'.repeat(200));
    sandbox.write('/var/lib/kubelet/config.yaml', '');
    const inMount = (options: string, words: readonly string[]) =>
      spawnSync(
        'unshare',
        [
          '-m',
          'sh',
          '-ec',
          `mount --bind "$0/target" "$0/var/lib/kubelet/config.yaml"; ${options}; shift 0; exec "$@"`,
          sandbox.root,
          ...command,
          'init',
          'phase',
          'kubelet-start',
          '--rootfs',
          sandbox.root,
          '--config',
          '/config.yaml',
          ...words,
        ],
        { encoding: 'utf8', env: cleanEnvironment() },
      );
    const refused = inMount('mount -o remount,bind,ro "$0/var/lib/kubelet/config.yaml"', []);
    expect(refused.status).toBe(5);
    expect(refused.stderr).toContain('EROFS');
    expect([...sandbox.snapshot().keys()].filter((path) => path.startsWith('/var/lib/kubelet/'))).toEqual(['/var/lib/kubelet/config.yaml']);
    const { status, stderr } = inMount('true', []);
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringContaining('/var/lib/kubelet/config.yaml is a mount of its own'),
    });
    expect(sandbox.read('/target')).toMatch(/^apiVersion: kubelet\.config\.k8s\.io\/v1beta1\n/);
    expect(sandbox.read('/target')).not.toContain('longer than');
  } finally {
    sandbox.remove();
  }
});
