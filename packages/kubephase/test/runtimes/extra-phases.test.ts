/** The example of extra phases, run by the built program. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programs } from '../programs.ts';
import { createSandbox, type Sandbox } from '../system/sandbox.ts';

const source = fileURLToPath(new URL('../../../../examples/extra-phases.mjs', import.meta.url));
const target = '/etc/cni/net.d/10-bridge.conflist';

const cluster = (networking: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 192.0.2.10}
nodeRegistration: {name: cp1}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
networking: {${networking}}
`;

describe.each(programs.filter(({ missing }) => missing === undefined))('examples/extra-phases.mjs on $name', ({ command }) => {
  let sandbox: Sandbox;
  let example = '';
  beforeEach(() => {
    sandbox = createSandbox(command);
    // A copy of our own: root loads nothing that another user could change, as whoever has made the checkout.
    example = join(sandbox.root, 'extra-phases.mjs');
    copyFileSync(source, example);
    sandbox.write('/cluster.yaml', cluster('podSubnet: "10.244.0.0/16"'));
  });
  afterEach(() => sandbox.remove());

  const run = (...words: readonly string[]) => sandbox.run([...words, '--extra-phases', example]);
  const within = (): readonly string[] => ['--rootfs', sandbox.root, '--config', '/cluster.yaml'];

  it('adds a phase to help, to the list and to the sub-commands', () => {
    expect(run('init', '--help').stdout).toMatch(/kubelet-start .*\n +cni +Write the configuration of the Pod network/);
    const { phases } = JSON.parse(run('init', 'phase', '--list', '-o', 'json').stdout) as { phases: { path: string; aliases: string[] }[] };
    expect(phases.find(({ path }) => path === 'cni')?.aliases).toEqual(['pod-network']);
    expect(run('init', 'phase', 'cni', '--help').stdout).toContain('--dry-run');
  });

  it.each(['cni', 'pod-network'])('runs as "init phase %s" and writes the file', (word) => {
    expect(run('init', 'phase', word, ...within())).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(sandbox.read(target))).toMatchObject({ plugins: [{ ipam: { ranges: [[{ subnet: '10.244.0.0/16' }]] } }, {}] });
  });

  it('takes part in selection, events and dry runs', () => {
    const before = sandbox.snapshot();
    const words = ['init', ...within(), '--dry-run', '-o', 'jsonl'];
    const eventsOf = (...more: readonly string[]) =>
      run(...words, ...more)
        .stdout.trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string; path?: string; action?: { path: string } });
    const ofPhase = eventsOf('--only', 'cni').filter(({ path }) => path === 'cni');
    expect(ofPhase.map(({ type }) => type)).toEqual(['phase-start', 'action', 'message', 'phase-end']);
    expect(ofPhase[1]?.action?.path).toBe(target);
    expect(eventsOf('--from', 'kubelet-start', '--until', 'cni', '--skip', 'cni').filter(({ path }) => path === 'cni')).toEqual([]);
    // A dry run keeps its files in the folder for temporary ones.
    const lasting = [...sandbox.snapshot()].filter(([path]) => !path.startsWith('/tmp'));
    expect(lasting).toEqual([...before]);
  });

  it('is refused before anything is written when its own check finds a problem', () => {
    sandbox.write('/cluster.yaml', cluster(''));
    const before = sandbox.snapshot();
    const { exitCode, stderr } = run('init', ...within(), '--only', 'certs/sa,cni');
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('POD_NETWORK_MISSING');
    expect(sandbox.snapshot()).toEqual(before);
  });
});
