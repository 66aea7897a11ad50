/** The worked example of docs/architecture.md: a workflow in four files, run as a user runs it. */
import { readFileSync } from 'node:fs';
import { runPhase } from 'phaserunner/testing';
import { describe, expect, test } from 'vitest';
import { commandTable, type CommandTable } from '../../src/commands/table.ts';
import { createMemoryHost } from '../../src/host/memory/host.ts';
import { bindRun } from '../../src/run/bind.ts';
import { usualPaths } from '../../src/run/context.ts';
import { runCommandLine, type Ended, type Surroundings } from '../fixtures/command-line.ts';
import { readyMachine } from '../fixtures/machine-files.ts';
import { backup } from './repair/phases.ts';

const commands: CommandTable = {
  ...commandTable,
  repair: {
    summary: 'Repair a control plane node',
    bind: async () => {
      const { command: run } = await import('./repair/workflow.ts');
      return (command, setting) => bindRun(command, run, setting);
    },
  },
};

const clusterYaml = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
nodeRegistration: {name: cp1}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
encryptionAlgorithm: ECDSA-P256
`;

const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1', labels: { 'kubernetes.io/hostname': 'cp1' } } };
const manifests = '/etc/kubernetes/manifests';

function repair(words: readonly string[], { machine, ...rest }: Surroundings = {}): Promise<Ended> {
  return runCommandLine(['repair', ...words, '--config', '/cluster.yaml'], {
    commands,
    objects: [node],
    ...rest,
    machine: { ...readyMachine, ...machine, files: { ...readyMachine.files, '/cluster.yaml': clusterYaml, ...machine?.files } },
  });
}

describe('a workflow of phases of init and one of its own', () => {
  test('makes the files, waits, and marks the Node', async () => {
    const old = { [`${manifests}/kube-scheduler.yaml`]: 'of old' };
    // What `repair` does not make: somebody else runs the kubelet and etcd.
    const services = { manager: 'systemd', services: { kubelet: 'active' } } as const;
    const machine = { files: old, services, listeners: { 2379: { pid: 7, program: 'etcd' } } };
    const { code, stdout, stderr, host, kube, accesses, openClients } = await repair([], { machine });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\[repair\] repairing the control plane node cp1\n\[backup\] kube-scheduler\.yaml is kept in /);
    const files = host.snapshot();
    expect(files[`${manifests}-before-repair/kube-scheduler.yaml`]).toMatchObject({ mode: 0o600, text: 'of old' });
    expect(files[`${manifests}/kube-scheduler.yaml`]?.text).toContain('kube-scheduler:v1.36.2');
    const made = ['pki/ca.key', 'pki/etcd/server.crt', 'admin.conf', 'kubelet.conf'].map((name) => `/etc/kubernetes/${name}`);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(made));
    expect(kube.objects().find(({ kind }) => kind === 'Node')).toMatchObject({
      metadata: { labels: { 'node-role.kubernetes.io/control-plane': '' } },
      spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] },
    });
    expect(accesses[0]).toEqual({ file: '/etc/kubernetes/admin.conf', server: 'https://192.0.2.10:6443' });
    expect(openClients()).toBe(0);
  });

  test('a dry run changes nothing but its folder, and shows what a real run would do', async () => {
    const { code, stdout, host, kube } = await repair(['--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('[certs/ca] would write /etc/kubernetes/pki/ca.key (0600, ');
    expect(stdout).toContain('[mark-control-plane] would patch Node cp1');
    expect(Object.keys(host.snapshot()).filter((path) => path.startsWith('/etc/kubernetes/'))).toEqual([]);
    expect(kube.requests).toEqual([]);
  });

  test('what is missing is named in the words of this workflow', async () => {
    const { code, stderr } = await repair(['phase', 'certs', 'apiserver']);
    expect(code).toBe(2);
    expect(stderr).toContain('certs/apiserver needs certs/ca or ca.crt on disk');
    expect(stderr).toContain('certs/ca: not selected by kubephase repair phase certs apiserver');
  });

  test('a remedy names the command of this workflow, with the flags that it takes', async () => {
    const { code, stderr } = await repair(['phase', 'mark-control-plane', '--kubeconfig', '/etc/kubernetes/admin.conf']);
    expect(code).not.toBe(0);
    expect(stderr).toContain(
      'run: kubephase repair phase kubeconfig admin --config /cluster.yaml && kubephase repair phase kubeconfig super-admin --config /cluster.yaml\n',
    );
  });

  test('a shared phase has only the flags that this workflow offers', async () => {
    const { code, stderr } = await repair(['phase', 'control-plane', 'apiserver', '--image-repository', 'registry.example']);
    expect(code).toBe(2);
    expect(stderr).toContain('--image-repository');
    const help = await runCommandLine(['repair', 'phase', 'control-plane', 'apiserver', '--help'], { commands });
    expect(help.stdout).toContain('--patches');
    expect(help.stdout).not.toContain('--image-repository');
    expect(help.stdout).toContain('kubephase repair phase control-plane apiserver');
  });

  test('the result is data', async () => {
    const { stdout } = await repair(['phase', 'certs', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'RunReport', workflow: 'repair', status: 'succeeded' });
  });
});

test('a phase by itself runs on a host in memory', async () => {
  const host = createMemoryHost({ files: { '/etc/kubernetes/manifests/kube-scheduler.yaml': 'of old' } });
  const { status, lines } = await runPhase(backup, { host, paths: usualPaths('/etc/kubernetes/pki') });
  expect({ status, lines }).toEqual({
    status: 'succeeded',
    lines: ['kube-scheduler.yaml is kept in /etc/kubernetes/manifests-before-repair'],
  });
  expect(host.snapshot()).toHaveProperty(['/etc/kubernetes/manifests-before-repair/kube-scheduler.yaml']);
});

const page = new URL('../../../../docs/architecture.md', import.meta.url);

test.each(['phases', 'context', 'open', 'workflow'])('docs/architecture.md shows %s.ts as it is here', (name) => {
  const text = readFileSync(new URL(`repair/${name}.ts`, import.meta.url), 'utf8');
  // Shown as it stands in src/commands/repair/.
  expect(readFileSync(page, 'utf8')).toContain(
    `\`\`\`ts\n// commands/repair/${name}.ts\n${text.replaceAll('../../../src/', '../../')}\`\`\``,
  );
});
