import { describe, expect, test } from 'vitest';
import { recordingTask } from '../../test/fixtures/init-context.ts';
import { createMemoryRuntime } from '../clients/cri/memory.ts';
import { loadInitConfig } from '../config/load.ts';
import { createMemoryHost } from '../host/memory/host.ts';
import type { MemoryEntry } from '../host/memory/disk.ts';
import { manifestWork } from '../operations/manifests.ts';
import { createPatches } from '../operations/patches.ts';
import type { Check, ControlPlaneCheckContext } from './check.ts';
import { withoutLeftovers } from './leftovers.ts';
import { openChecks } from './open.ts';

const manifests = '/etc/kubernetes/manifests';
const configFor = (podSubnet: string): string => `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: { advertiseAddress: 192.0.2.10, bindPort: 7443 }
nodeRegistration: { name: cp1, criSocket: "unix:///run/containerd/containerd.sock" }
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.36.2
networking: { podSubnet: ${podSubnet} }
etcd: { local: { dataDir: /data/etcd } }
`;

interface Left {
  /** Pod network of the earlier run. */
  readonly podSubnet?: string;
  readonly ca?: boolean;
  /** Program that holds every port. */
  readonly holder?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** What `init` writes for the first start of the kubelet. */
const firstCredentials = { 'client-certificate-data': 'Y2VydA==', 'client-key-data': 'a2V5' };

const kubeletConf = (user: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  '/etc/kubernetes/kubelet.conf': JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'it', cluster: { server: 'https://192.0.2.10:7443' } }],
    contexts: [{ name: 'now', context: { cluster: 'it', user: 'me' } }],
    users: [{ name: 'me', user }],
    'current-context': 'now',
  }),
});

/** A machine on which an earlier run wrote all manifests. */
async function machineWith({ podSubnet = '10.244.0.0/16', ca = true, holder, more = {} }: Left): Promise<ControlPlaneCheckContext> {
  const authority: Record<string, MemoryEntry> = ca ? { '/etc/kubernetes/pki/ca.crt': 'a CA' } : {};
  const base = createMemoryHost({
    files: { '/earlier.yaml': configFor(podSubnet), '/config.yaml': configFor('10.244.0.0/16'), ...authority },
  });
  const host = {
    ...base,
    network: { ...base.network, listener: async () => (holder === undefined ? undefined : { pid: 4711, program: holder }) },
  };
  const load = async (configPath: string) => {
    const loaded = await loadInitConfig(host, { configPath, flags: {}, detectCriSocket: false });
    if (!loaded.ok) throw new TypeError(JSON.stringify(loaded.problems));
    const { config, release } = loaded;
    const patches = createPatches(host.files, config.patchesDirectory);
    return { config, release, host, patches, paths: { manifests, kubelet: '/var/lib/kubelet', kubeconfigs: '/etc/kubernetes' } };
  };
  const earlier = await load('/earlier.yaml');
  for (const component of ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const) {
    await manifestWork(component).run?.(earlier, recordingTask());
  }
  for (const [path, content] of Object.entries(more)) await host.files.write({ path, content, mode: 0o600 });
  return openChecks({ ...(await load('/config.yaml')), cri: createMemoryRuntime() }, new AbortController().signal);
}

/** Names of checks of which a finding stays an error. */
async function obstacles(names: readonly string[], context: ControlPlaneCheckContext): Promise<readonly string[]> {
  const checks = names.map((name): Check => ({
    name,
    severity: 'error',
    about: 'a test',
    run: () => [{ summary: 'something stands in the way' }],
  }));
  const found = await Promise.all(
    withoutLeftovers(checks).map(async ({ name, run }) =>
      (await run(context)).filter(({ severity }) => severity !== 'warning').map(() => name),
    ),
  );
  return found.flat();
}

const manifestCheck = (component: string): string => `FileAvailable--etc-kubernetes-manifests-${component}.yaml`;
const all = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(manifestCheck);

describe('what an earlier run left', () => {
  test('stops nothing when it is the work of the same configuration', async () => {
    expect(await obstacles([...all, 'DirAvailable--data-etcd'], await machineWith({}))).toEqual([]);
  });

  test('stops the run when the configuration was another one', async () => {
    // The Pod network shows in the manifest of the controller manager only.
    const context = await machineWith({ podSubnet: '10.1.0.0/16' });
    expect(await obstacles(all, context)).toEqual([manifestCheck('kube-controller-manager')]);
  });

  describe('when the earlier run did not come to its end', () => {
    const changed = { podSubnet: '10.1.0.0/16', holder: 'kube-controller-manager' };
    const checks = [...all, 'DirAvailable--data-etcd', 'Port-10257'];

    test('may come from a configuration that was corrected since', async () => {
      expect(await obstacles(checks, await machineWith({ ...changed, more: kubeletConf(firstCredentials) }))).toEqual([]);
    });

    test.each([
      ['the kubelet renews its credentials', { more: kubeletConf({ 'client-key': '/var/lib/kubelet/pki/kubelet-client-current.pem' }) }],
      ['kubelet.conf cannot be read', { more: { '/etc/kubernetes/kubelet.conf': '{' } }],
      ['the CA is gone', { more: kubeletConf(firstCredentials), ca: false }],
    ])('and is an obstacle where %s', async (_, left) => {
      expect(await obstacles(checks, await machineWith({ ...changed, ...left }))).toContain(manifestCheck('kube-controller-manager'));
    });
  });

  test('stops the run when its CA is gone', async () => {
    const names = [...all, 'DirAvailable--data-etcd', 'Port-7443'];
    expect(await obstacles(names, await machineWith({ ca: false, holder: 'kube-apiserver' }))).toEqual(names);
  });

  test('stops the run when a manifest was edited', async () => {
    const context = await machineWith({ more: { [`${manifests}/etcd.yaml`]: 'edited' } });
    expect(await obstacles([...all, 'DirAvailable--data-etcd'], context)).toEqual([manifestCheck('etcd'), 'DirAvailable--data-etcd']);
  });

  test.each([
    ['kube-apiserver', 'Port-7443'],
    ['kube-scheduler', 'Port-10259'],
    ['kube-controller-manager', 'Port-10257'],
    ['kubelet', 'Port-10250'],
    ['etcd', 'Port-2379'],
    ['etcd', 'Port-2380'],
  ])('may go on holding its port: %s, %s', async (holder, check) => {
    expect(await obstacles([check], await machineWith({ holder }))).toEqual([]);
    expect(await obstacles([check], await machineWith({ holder: 'nginx' }))).toEqual([check]);
    expect(await obstacles([check], await machineWith({}))).toEqual([check]);
  });

  test('does not hide other findings', async () => {
    const names = ['DirAvailable--data-other', 'Port-80', 'NumCPU', 'FileAvailable--etc-kubernetes-kubelet.conf'];
    expect(await obstacles(names, await machineWith({ holder: 'kube-apiserver' }))).toEqual(names);
  });
});
