import { defineWorkflow, runWorkflow } from 'phaserunner';
import { recordEvents } from 'phaserunner/testing';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { initConfig } from '../../test/fixtures/init-config.ts';
import { etcd, kubeletStart } from '../commands/init/phases.ts';
import type { InitConfig } from '../config/types.ts';
import { flags } from '../flags/flags.ts';
import { parseVersion } from '../formats/version.ts';
import { createMemoryHost, type MemoryHostOptions } from '../host/memory/host.ts';
import { controlPlane } from '../phases/control-plane.ts';
import { withGates } from '../releases/gates.ts';
import { releaseFor } from '../releases/index.ts';
import type { KubeletContext } from './kubelet/files.ts';
import type { ManifestContext } from './manifests.ts';
import { createPatches } from './patches.ts';

const workflow = defineWorkflow<ManifestContext & KubeletContext, typeof flags>({
  name: 'init',
  summary: 'Static Pods and kubelet',
  flags,
  phases: [etcd, controlPlane, kubeletStart],
});

async function run(options: MemoryHostOptions & { readonly config?: InitConfig; readonly only?: readonly string[] } = {}) {
  const { config = initConfig(), only } = options;
  const host = createMemoryHost({ hostName: 'cp1', ...options });
  const recorder = recordEvents();
  const result = await runWorkflow(workflow, {
    context: {
      config,
      release: withGates(releaseFor(parseVersion(config.cluster.kubernetesVersion)!)!, config.cluster.featureGates),
      paths: { manifests: '/etc/kubernetes/manifests', kubelet: '/var/lib/kubelet' },
      host,
      patches: createPatches(host.files, config.patchesDirectory),
    },
    listeners: [recorder.listener],
    selection: only === undefined ? [] : [{ only, origin: 'test' }],
  });
  const messages = recorder.events.flatMap((event) => (event.type === 'message' ? [`${event.path}: ${event.level}: ${event.text}`] : []));
  const files = host.snapshot();
  return { status: result.status, problems: result.problems ?? [], messages, files, host };
}

type Disk = Awaited<ReturnType<typeof run>>['files'];

function fileAt(files: Disk, path: string) {
  const file = files[path];
  if (file === undefined) throw new TypeError(`${path} does not exist`);
  return file;
}

const texts = (files: Disk) => Object.entries(files).map(([path, { text }]) => [path, text]);

const manifest = (files: Disk, name: string) =>
  parse(fileAt(files, `/etc/kubernetes/manifests/${name}.yaml`).text) as never as {
    metadata: { labels: Record<string, string> };
    spec: {
      containers: [{ securityContext?: unknown; command: string[] }];
      securityContext: Record<string, unknown>;
      volumes: { name: string }[];
    };
  };

describe('static Pods of init', () => {
  test('four manifests, closed to others, and the data folder', async () => {
    const { status, files } = await run({ only: ['etcd', 'control-plane'] });
    expect(status).toBe('succeeded');
    const modes = Object.entries(files).map(([path, { mode }]) => `${path} ${mode.toString(8)}`);
    expect(modes).toEqual([
      '/ 755',
      '/etc 700',
      '/etc/kubernetes 700',
      '/etc/kubernetes/manifests 700',
      '/etc/kubernetes/manifests/etcd.yaml 600',
      '/etc/kubernetes/manifests/kube-apiserver.yaml 600',
      '/etc/kubernetes/manifests/kube-controller-manager.yaml 600',
      '/etc/kubernetes/manifests/kube-scheduler.yaml 600',
      '/var 700',
      '/var/lib 700',
      '/var/lib/etcd 700',
    ]);
  });

  test('an external etcd needs no manifest', async () => {
    const external = { endpoints: ['https://e:2379'], httpEndpoints: [], caFile: '', certFile: '', keyFile: '' };
    const { files } = await run({ config: initConfig({ cluster: { etcd: { external } } }) });
    expect(Object.keys(files).filter((path) => path.includes('etcd'))).toEqual([]);
  });

  test('folders with CA certificates are mounted when they exist, of whatever type they are', async () => {
    const { files } = await run({
      files: { '/etc/pki/ca-trust': { link: '/srv' }, '/srv/x': '', '/usr/share/ca-certificates': { directory: true } },
    });
    const names = manifest(files, 'kube-apiserver').spec.volumes.map(({ name }) => name);
    expect(names).toEqual(['ca-certs', 'etc-pki-ca-trust', 'k8s-certs', 'usr-share-ca-certificates']);
  });

  test('unusual authorization modes are named once', async () => {
    const apiServer = { extraArgs: [{ name: 'authorization-mode', value: 'Bogus,Node' }], extraVolumes: [], extraEnvs: [], certSANs: [] };
    const { messages } = await run({ config: initConfig({ cluster: { apiServer } }) });
    expect(messages.filter((message) => message.includes('warning'))).toEqual([
      'control-plane/apiserver: warning: kube-apiserver knows no authorization mode "Bogus"; it is passed on',
      'control-plane/apiserver: warning: kube-apiserver uses the authorization modes "Node" instead of "Node,RBAC"',
    ]);
  });

  test('writing again gives the same files', async () => {
    const first = await run();
    const disk = Object.fromEntries(
      Object.entries(first.files).flatMap(([path, { type, text, mode }]) => (type === 'file' ? [[path, { content: text, mode }]] : [])),
    );
    const second = await run({ files: disk });
    expect(texts(second.files)).toEqual(texts(first.files));
  });

  test('a folder that cannot be written is found before anything is', async () => {
    const files = { '/etc/kubernetes/manifests': 'a file', '/var/lib/kubelet': 'a file' } as const;
    const { status, problems, host } = await run({ files });
    expect(status).toBe('failed');
    expect(problems.map((problem) => problem.where?.phase)).toEqual([
      'etcd/local',
      'control-plane/apiserver',
      'control-plane/controller-manager',
      'control-plane/scheduler',
      ...Array.from({ length: 3 }, () => 'kubelet-start'),
    ]);
    expect(host.snapshot()).toEqual(createMemoryHost({ files }).snapshot());
  });
});

describe('patches of init', () => {
  const config = initConfig({ patchesDirectory: '/p' });

  test('each target gets its own, and the folder is described once', async () => {
    const { files, messages } = await run({
      config,
      files: {
        '/p/README.md': 'x',
        '/p/etcd.yaml': 'metadata: {labels: {a: etcd}}',
        '/p/kube-scheduler+json.yaml': '[{op: add, path: /metadata/labels/a, value: scheduler}]',
        '/p/kubeletconfiguration.yaml': 'maxPods: 42\ncontainerRuntimeEndpoint: unix:///ignored.sock',
      },
    });
    expect(manifest(files, 'etcd').metadata.labels.a).toBe('etcd');
    expect(manifest(files, 'kube-scheduler').metadata.labels.a).toBe('scheduler');
    expect(parse(fileAt(files, '/var/lib/kubelet/config.yaml').text)).toMatchObject({
      maxPods: 42,
      containerRuntimeEndpoint: 'unix:///var/run/containerd/containerd.sock',
    });
    expect(messages.filter((message) => /patch|ignored/.test(message))).toEqual([
      'etcd/local: info: patches are read from "/p"',
      'etcd/local: info: patch files: /p/etcd.yaml, /p/kube-scheduler+json.yaml, /p/kubeletconfiguration.yaml',
      'etcd/local: info: ignored "/p/README.md": its name does not end in .json or .yaml',
      'etcd/local: info: applied patch of type "application/strategic-merge-patch+json" to target "etcd" (/p/etcd.yaml)',
      'control-plane/scheduler: info: applied patch of type "application/json-patch+json" to target "kube-scheduler" (/p/kube-scheduler+json.yaml)',
      'kubelet-start: info: applied patch of type "application/strategic-merge-patch+json" to target "kubeletconfiguration" (/p/kubeletconfiguration.yaml)',
      'kubelet-start: info: applied patch of type "application/strategic-merge-patch+json" to target "kubeletconfiguration" (/var/lib/kubelet/instance-config.yaml)',
    ]);
  });

  test('patches that do not fit are found before anything is written', async () => {
    const files = { '/p/etcd+json.yaml': '[{op: remove, path: /z}]', '/p/kube-scheduler.yaml': 'kind: Service' };
    const { status, problems, host } = await run({ config, files });
    expect(status).toBe('failed');
    expect(problems.map(({ code, where }) => [code, where?.phase, where?.file])).toEqual([
      ['PATCH_NOT_APPLICABLE', 'etcd/local', '/p/etcd+json.yaml'],
      ['PATCH_CHANGES_KIND', 'control-plane/scheduler', '/p/kube-scheduler.yaml'],
    ]);
    expect(host.snapshot()).toEqual(createMemoryHost({ files }).snapshot());
  });

  test('a missing folder is one fault of each phase that needs it', async () => {
    const { problems } = await run({ config, only: ['control-plane/scheduler'] });
    expect(problems).toMatchObject([{ code: 'PATCHES_MISSING', where: { phase: 'control-plane/scheduler' } }]);
  });
});

describe('a control plane without root', () => {
  const config = initConfig({ cluster: { featureGates: { RootlessControlPlane: true } } });
  const keys = [
    'ca.key',
    'sa.key',
    'sa.pub',
    'apiserver.key',
    'apiserver-kubelet-client.key',
    'front-proxy-client.key',
    'apiserver-etcd-client.key',
    'etcd/server.key',
    'etcd/peer.key',
  ];
  const disk = {
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
    '/etc/group': 'root:x:0:\n',
    '/etc/kubernetes/controller-manager.conf': { content: 'c', mode: 0o600 },
    '/etc/kubernetes/scheduler.conf': { content: 's', mode: 0o600 },
    ...Object.fromEntries(keys.map((key) => [`/etc/kubernetes/pki/${key}`, { content: 'k', mode: 0o600 }])),
  };

  test('components get users, files and rights', async () => {
    const { status, files } = await run({ config, files: disk, only: ['etcd', 'control-plane'] });
    expect(status).toBe('succeeded');
    const access = (path: string) =>
      `${fileAt(files, path).owner.uid}:${fileAt(files, path).owner.gid} ${fileAt(files, path).mode.toString(8)}`;
    expect(access('/var/lib/etcd')).toBe('100:100 700');
    expect(access('/etc/kubernetes/pki/etcd/peer.key')).toBe('100:100 600');
    expect(access('/etc/kubernetes/pki/apiserver.key')).toBe('101:101 600');
    expect(access('/etc/kubernetes/pki/sa.key')).toBe('0:104 640');
    expect(access('/etc/kubernetes/pki/ca.key')).toBe('102:102 600');
    expect(access('/etc/kubernetes/scheduler.conf')).toBe('103:103 600');
    expect(manifest(files, 'kube-apiserver').spec.securityContext).toEqual({
      runAsUser: 101,
      runAsGroup: 101,
      supplementalGroups: [104],
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(manifest(files, 'kube-apiserver').spec.containers[0].securityContext).toEqual({
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
    });
    expect(manifest(files, 'etcd').spec.containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(manifest(files, 'etcd').spec.securityContext).not.toHaveProperty('supplementalGroups');
  });

  test('users that do not match stop the run before anything is written', async () => {
    const files = { ...disk, '/etc/passwd': 'kubeadm-kas:x:100:100:::/bin/sh\n' };
    const { status, problems, host } = await run({ config, files, only: ['control-plane'] });
    expect(status).toBe('failed');
    expect(problems.map(({ code }) => code)).toEqual(['USERS_INVALID']);
    expect(host.snapshot()).toEqual(createMemoryHost({ files }).snapshot());
  });

  test('a machine without users cannot do it', async () => {
    const { problems } = await run({ config, only: ['control-plane/scheduler'] });
    expect(problems).toMatchObject([{ code: 'USERS_INVALID', summary: '/etc/passwd does not exist' }]);
  });
});

describe('the kubelet of init', () => {
  const services = { manager: 'systemd', services: { kubelet: 'active' } } as const;

  test('it is stopped, gets its files, and is started again', async () => {
    const { files, host, messages } = await run({ only: ['kubelet-start'], hostName: 'other', services });
    expect(files['/var/lib/kubelet/kubeadm-flags.env']).toMatchObject({
      text: 'KUBELET_KUBEADM_ARGS="--hostname-override=cp1"\n',
      mode: 0o644,
    });
    expect(fileAt(files, '/var/lib/kubelet/instance-config.yaml').text).toBe(
      'containerRuntimeEndpoint: "unix:///var/run/containerd/containerd.sock"\n',
    );
    expect(fileAt(files, '/var/lib/kubelet').mode).toBe(0o700);
    expect(parse(fileAt(files, '/var/lib/kubelet/config.yaml').text)).not.toHaveProperty('resolvConf');
    expect(host.services.calls).toEqual(['stop kubelet', 'restart kubelet']);
    expect(messages.map((message) => message.replace(/^kubelet-start: info: /, ''))).toEqual([
      'kubelet file: /var/lib/kubelet/kubeadm-flags.env',
      'kubelet file: /var/lib/kubelet/instance-config.yaml',
      expect.stringContaining('applied patch'),
      'kubelet file: /var/lib/kubelet/config.yaml',
      'restarting the kubelet',
    ]);
  });

  test('with systemd-resolved its Pods ask the name servers behind it', async () => {
    const { files } = await run({
      only: ['kubelet-start'],
      services: { manager: 'systemd', services: { kubelet: 'active', 'systemd-resolved': 'active' } },
    });
    expect(parse(fileAt(files, '/var/lib/kubelet/config.yaml').text)).toHaveProperty('resolvConf', '/run/systemd/resolve/resolv.conf');
  });

  test('without the gate NodeLocalCRISocket there is no instance file', async () => {
    const config = initConfig({ cluster: { featureGates: { NodeLocalCRISocket: false } } });
    const { files } = await run({ config, only: ['kubelet-start'] });
    expect(files).not.toHaveProperty('/var/lib/kubelet/instance-config.yaml');
    expect(fileAt(files, '/var/lib/kubelet/kubeadm-flags.env').text).toContain(
      '--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock',
    );
  });

  test.each([
    ['no service manager', {}, []],
    ['no such service', { manager: 'systemd' as const }, ['stopped', 'restarted']],
  ])('%s: the phase succeeds', async (_, options, warned) => {
    const { status, messages } = await run({ only: ['kubelet-start'], services: options });
    expect(status).toBe('succeeded');
    const warnings = messages.filter((message) => message.includes(': warning: '));
    expect(warnings).toHaveLength(warned.length);
    for (const [index, word] of warned.entries()) expect(warnings[index]).toContain(`could not be ${word}`);
  });
});
