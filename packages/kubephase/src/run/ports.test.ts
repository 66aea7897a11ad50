import type { Action } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { memoryMachine } from '../../test/fixtures/command-line.ts';
import { initContext } from '../../test/fixtures/init-context.ts';
import type { KubeObject } from '../clients/kube/port.ts';
import type { MemoryHostOptions } from '../host/memory/host.ts';
import { usualPaths } from './context.ts';
import { dryRunPorts, realPorts, recordingScope, type Connect, type DryRunPortsRequest } from './ports.ts';

const criSocket = 'unix:///run/c.sock';
const node = { apiVersion: 'v1', kind: 'Node', name: 'cp1' } as const;
const settings: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'kube-system', name: 'settings' },
  data: { a: '1' },
};

/** As where an administrator has to be given his rights first: two clients, of which one is used. */
const connectTwice: Connect = async (openApi) => {
  openApi({ kubeconfig: 'secret', file: '/super-admin.conf' });
  return openApi({ kubeconfig: 'secret', file: '/admin.conf' });
};

async function openReal(connect: Connect = connectTwice) {
  const machine = memoryMachine({ health: 503 });
  return { machine, ports: await realPorts(machine.host, { criSocket, machine, connect }) };
}

describe('the ports of a real run', () => {
  it('connect the API when it is first used, and only once', async () => {
    const { machine, ports } = await openReal();
    expect(machine.accesses).toEqual([]);
    await ports.kube.create(settings);
    await ports.kube.list({ apiVersion: 'v1', kind: 'ConfigMap' });
    expect(machine.accesses).toEqual([{ file: '/super-admin.conf' }, { file: '/admin.conf' }]);
    expect(machine.kube.requests).toEqual(['create ConfigMap kube-system/settings', 'list ConfigMap']);
  });

  it('close every client that was opened, and none of them twice', async () => {
    const { machine, ports } = await openReal();
    await ports.kube.get(node);
    expect(machine.openClients()).toBe(2);
    ports.close();
    expect(machine.openClients()).toBe(0);
    ports.close();
    expect(machine.openClients()).toBe(0);
  });

  it('close the clients of a connection that failed', async () => {
    const { machine, ports } = await openReal(async (openApi) => {
      await openApi({ kubeconfig: 'secret', file: '/admin.conf' }).get(node);
      throw new Error('the administrator has no rights');
    });
    await expect(ports.kube.get(node)).rejects.toThrow('the administrator has no rights');
    expect(machine.openClients()).toBe(1);
    ports.close();
    expect(machine.openClients()).toBe(0);
  });

  it('have nothing to close where the API was not used', async () => {
    const { machine, ports } = await openReal();
    ports.close();
    expect(machine.openClients()).toBe(0);
  });

  it('are the machine and its runtime, opened once', async () => {
    const { machine, ports } = await openReal();
    await ports.kube.get(node);
    await ports.cri.pullImage('registry.example/pause');
    expect(machine.sockets).toEqual([criSocket]);
    expect(ports.host).toBe(machine.host);
    expect(ports.cri).toBe(machine.runtime);
    expect(await ports.health.status({ component: 'kubelet', url: 'http://127.0.0.1:10248/healthz', timeoutMs: 1 })).toBe(503);
    expect(ports.directory).toBeUndefined();
  });
});

describe('the ports of a dry run', () => {
  const variable = 'KUBEADM_JOIN_DRYRUN_DIR';

  async function open(options: MemoryHostOptions = {}, request: Partial<DryRunPortsRequest> = {}) {
    const machine = memoryMachine({
      machine: options,
      objects: [{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'cp1' } }],
      health: 503,
    });
    const before = machine.host.snapshot();
    const ports = await dryRunPorts(machine.host, { criSocket, machine, paths: usualPaths('/etc/kubernetes/pki'), variable, ...request });
    const added = (): readonly string[] => Object.keys(machine.host.snapshot()).filter((path) => before[path] === undefined);
    return { machine, ports, added };
  }

  it('write to the folder of their variable, and nowhere else', async () => {
    const { machine, ports, added } = await open({
      files: { '/etc/kubernetes/admin.conf': 'of old' },
      environment: { [variable]: '/dry', KUBEADM_INIT_DRYRUN_DIR: '/other' },
      services: { manager: 'systemd', services: { kubelet: 'active' } },
    });
    expect(ports.directory).toBe('/dry');
    await ports.host.files.write({ path: '/etc/kubernetes/admin.conf', content: 'new', mode: 0o600 });
    await ports.host.files.write({ path: '/etc/passwd', content: 'users', mode: 0o644 });
    await ports.host.services.stop('kubelet');
    expect(added()).toEqual(['/dry', '/dry/admin.conf']);
    expect(await machine.host.files.readText('/etc/kubernetes/admin.conf')).toBe('of old');
    expect(machine.host.services.calls).toEqual([]);
    expect([await ports.host.files.readText('/etc/kubernetes/admin.conf'), await ports.host.files.readText('/etc/passwd')]).toEqual([
      'new',
      'users',
    ]);
  });

  it('put the files of the folders that flags move there, too', async () => {
    const paths = { ...usualPaths('/data/pki'), kubeconfigs: '/kc' };
    const { ports, added } = await open({ environment: { [variable]: '/dry' } }, { paths });
    await ports.host.files.write({ path: '/data/pki/etcd/ca.crt', content: 'c', mode: 0o644 });
    await ports.host.files.write({ path: '/kc/admin.conf', content: 'a', mode: 0o600 });
    expect(added()).toEqual(['/dry', '/dry/admin.conf', '/dry/etcd', '/dry/etcd/ca.crt']);
  });

  it('write to a new folder for temporary files when the variable is not set', async () => {
    const { ports, added } = await open({ environment: { KUBEADM_INIT_DRYRUN_DIR: '/other' } });
    expect(ports.directory).toMatch(/^\/tmp\/kubephase-join-dryrun-[0-9a-f]{16}$/);
    await ports.host.files.write({ path: '/etc/kubernetes/admin.conf', content: 'new', mode: 0o600 });
    expect(added()).toEqual(['/tmp', ports.directory, `${ports.directory}/admin.conf`]);
  });

  it('do not begin with a folder of the machine', async () => {
    await expect(open({ environment: { [variable]: '/etc/kubernetes/pki' } })).rejects.toMatchObject({
      problem: { code: 'DRY_RUN_DIRECTORY_IN_USE' },
    });
  });

  it('leave the cluster alone and behave as if it were changed', async () => {
    const { machine, ports } = await open();
    await ports.kube.create(settings);
    await ports.kube.patch(node, { spec: { unschedulable: true } });
    expect(await ports.kube.get(node)).toMatchObject({ spec: { unschedulable: true } });
    expect(machine.accesses).toEqual([]);
    expect(machine.kube.requests).toEqual([]);
    ports.close();
    expect(machine.openClients()).toBe(0);
  });

  it('wait for nobody to become healthy', async () => {
    const { ports } = await open();
    expect(await ports.health.status({ component: 'kubelet', url: 'http://127.0.0.1:10248/healthz', timeoutMs: 1 })).toBe(200);
  });

  it('look at the runtime, opened once, and pull no image', async () => {
    const { machine, ports } = await open();
    expect(await ports.cri.version()).toMatchObject({ runtimeName: 'memory' });
    await ports.cri.pullImage('registry.example/pause');
    expect(await ports.cri.hasImage('registry.example/pause')).toBe(true);
    expect(machine.runtime.pulls).toEqual([]);
    expect(machine.sockets).toEqual([criSocket]);
  });
});

async function enter(includeContent: boolean) {
  const context = initContext();
  const actions: Action[] = [];
  const scope = await recordingScope({ includeContent });
  return { context, actions, scoped: scope(context, { action: (action) => void actions.push(action), warn: () => undefined }) };
}

describe('the context as one phase sees it', () => {
  it.each([
    ['with their content in a dry run', true, 'open words'],
    ['without their content in a real run', false, undefined],
  ])('tells files that it writes as actions, %s, and never that of secret ones', async (_, includeContent, content) => {
    const { context, actions, scoped } = await enter(includeContent);
    await scoped.host.files.write({ path: '/pki/ca.crt', content: 'open words', mode: 0o644 });
    await scoped.host.files.write({ path: '/pki/ca.key', content: 'hidden words', mode: 0o600, secret: true });
    expect(actions.map((action) => [action.kind, action['path'], action['content']])).toEqual([
      ['write-file', '/pki/ca.crt', content],
      ['write-file', '/pki/ca.key', undefined],
    ]);
    expect(JSON.stringify(actions)).not.toContain('hidden');
    expect(await context.host.files.readText('/pki/ca.key')).toBe('hidden words');
  });

  it('tells changes through the other ports as actions, in their order', async () => {
    const { context, actions, scoped } = await enter(false);
    await scoped.kube.create(settings);
    await scoped.cri.pullImage('registry.example/pause');
    await scoped.health.status({ component: 'kubelet', url: 'http://127.0.0.1:10248/healthz', timeoutMs: 1 });
    await scoped.kube.get(node);
    expect(actions.map(({ summary }) => summary)).toEqual([
      'create ConfigMap kube-system/settings',
      'pull image registry.example/pause',
      'wait until kubelet is healthy at http://127.0.0.1:10248/healthz',
    ]);
    expect(context.kube.requests).toEqual(['create ConfigMap kube-system/settings', 'get Node cp1']);
    expect(context.cri.pulls).toEqual(['registry.example/pause']);
  });

  it('leaves no action of a change that failed', async () => {
    const { context, actions, scoped } = await enter(false);
    context.kube.failNext('create', 'KUBE_FORBIDDEN');
    await expect(scoped.kube.create(settings)).rejects.toMatchObject({ problem: { code: 'KUBE_FORBIDDEN' } });
    expect(actions).toEqual([]);
  });

  it('has everything else as it was', async () => {
    const { context, scoped } = await enter(false);
    const wrapped = new Set(['host', 'kube', 'health', 'cri']);
    for (const [name, value] of Object.entries(context)) {
      if (!wrapped.has(name)) expect(scoped, name).toHaveProperty(name, value);
    }
    expect(Object.keys(scoped).sort()).toEqual(Object.keys(context).sort());
    expect(scoped.host.network).toBe(context.host.network);
  });

  it('belongs to its phase: what one does is not told of another', async () => {
    const { context } = await enter(false);
    const scope = await recordingScope({ includeContent: false });
    const told: string[] = [];
    const first = scope(context, { action: ({ summary }) => void told.push(`first: ${summary}`), warn: () => undefined });
    const second = scope(context, { action: ({ summary }) => void told.push(`second: ${summary}`), warn: () => undefined });
    await second.cri.pullImage('b');
    await first.cri.pullImage('a');
    expect(told).toEqual(['second: pull image b', 'first: pull image a']);
  });
});
