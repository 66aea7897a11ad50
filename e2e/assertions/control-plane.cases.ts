/** What every cluster has after `init` on one node, whatever made it. */
import { describe, expect, it } from 'vitest';
import { succeeded, type Node } from '../machine/node.ts';
import { hasCondition, isRunning, readAnonymously, readObject, readObjects, type ClusterObject } from './cluster.ts';
import { expectationsOf } from './expectations.ts';

export interface ControlPlaneOptions {
  /** Default: `local`, as a static Pod. */
  readonly etcd?: 'local' | 'external';
  /** Address of the Service kube-dns. Default: `10.96.0.10`. */
  readonly dnsAddress?: string;
  /** Which address of the node the cluster knows. Default: 4. */
  readonly family?: 4 | 6;
}

/** Pods are started by then, but perhaps not reported. */
const soon = { timeout: 120_000, interval: 500 };

const joiningGroup = 'system:bootstrappers:kubeadm:default-node-token';

/** Only reads, so the order does not matter. @param node is asked when the cases run */
export function controlPlaneCases(node: () => Node, options: ControlPlaneOptions = {}): void {
  const { etcd = 'local', dnsAddress = '10.96.0.10', family = 4 } = options;
  const address = (): string => (family === 4 ? node().address : node().address6);
  const saveRules = family === 4 ? 'iptables-save' : 'ip6tables-save';

  describe('the control plane', () => {
    it('answers to the administrator of admin.conf', async () => {
      // It takes orders before it has made all of its own objects; then it is healthy.
      await expect.poll(async () => (await node().kubectl('get', '--raw=/healthz')).stdout, soon).toBe('ok');
      expect(succeeded(await node().kubectl('auth', 'can-i', '*', '*'))).toBe('yes');
    });

    const components = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', ...(etcd === 'local' ? ['etcd'] : [])];
    it.each(components)('runs %s as a static Pod', async (component) => {
      await expect
        .poll(async () => (await readObjects(node(), 'pods', `--selector=component=${component}`)).map(isRunning), soon)
        .toEqual([true]);
    });

    it('has no other static Pods', async () => {
      const pods = await readObjects(node(), 'pods', '--selector=tier=control-plane');
      expect(pods.map(({ metadata }) => metadata.name).sort()).toEqual(components.map((name) => `${name}-${node().name}`).sort());
    });
  });

  describe('the node', () => {
    it('is registered with labels, taints and its address', async () => {
      const { labels, taintKeys } = expectationsOf(node().kubernetesVersion);
      const { metadata, spec, status } = await readObject(node(), 'node', node().name);
      expect(metadata.labels).toMatchObject({
        'kubernetes.io/hostname': node().name,
        ...Object.fromEntries(labels.map((key) => [key, ''])),
      });
      for (const key of taintKeys) expect(spec?.['taints']).toContainEqual({ key, effect: 'NoSchedule' });
      expect(status?.['addresses']).toContainEqual({ type: 'InternalIP', address: address() });
      expect(status).toMatchObject({ nodeInfo: { kubeletVersion: node().kubernetesVersion } });
    });

    it('becomes ready', async () => {
      await expect.poll(async () => hasCondition(await readObject(node(), 'node', node().name), 'Ready'), soon).toBe(true);
    });

    it('runs kube-proxy', async () => {
      await expect
        .poll(async () => (await readObjects(node(), 'pods', '--selector=k8s-app=kube-proxy')).map(isRunning), soon)
        .toEqual([true]);
      await expect.poll(async () => succeeded(await node().run([saveRules, '-t', 'nat'])), soon).toMatch(/KUBE-SERVICES/);
    });
  });

  describe('the configuration in the cluster', () => {
    it('is in ConfigMap kubeadm-config', async () => {
      const { data } = await readObject(node(), 'configmap', 'kubeadm-config');
      expect(data?.['ClusterConfiguration']).toContain(`kubernetesVersion: ${node().kubernetesVersion}\n`);
    });

    it('has the kubelet part', async () => {
      const { data } = await readObject(node(), 'configmap', expectationsOf(node().kubernetesVersion).kubeletConfigMap);
      expect(Object.keys(data ?? {})).toEqual(['kubelet']);
      expect(data?.['kubelet']).toContain('cgroupDriver: cgroupfs\n');
    });

    it('is told in cluster-info, signed, to everybody', async () => {
      await expect
        .poll(async () => Object.keys((await readObject(node(), 'configmap', 'kube-public/cluster-info')).data ?? {}), soon)
        .toContain('jws-kubeconfig-abcdef');
      const told = await readAnonymously(node(), address(), '/api/v1/namespaces/kube-public/configmaps/cluster-info');
      expect((JSON.parse(told) as ClusterObject).data?.['kubeconfig']).toContain(
        `server: https://${family === 4 ? address() : `[${address()}]`}:6443\n`,
      );
    });
  });

  describe('bootstrap tokens', () => {
    it('exist, for signing and authentication', async () => {
      const { type, data } = await readObject(node(), 'secret', 'bootstrap-token-abcdef');
      const plain = Object.entries(data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]);
      expect(type).toBe('bootstrap.kubernetes.io/token');
      expect(Object.fromEntries(plain)).toMatchObject({
        'auth-extra-groups': joiningGroup,
        'usage-bootstrap-authentication': 'true',
        'usage-bootstrap-signing': 'true',
      });
    });

    it('let a joining node read what it needs', async () => {
      const { kubeletConfigMap } = expectationsOf(node().kubernetesVersion);
      const identity = ['--as=system:bootstrap:abcdef', `--as-group=${joiningGroup}`, '--as-group=system:authenticated'];
      const may = async (name: string): Promise<string> =>
        succeeded(await node().kubectl('auth', 'can-i', 'get', `configmaps/${name}`, '--namespace=kube-system', ...identity));
      expect(await Promise.all(['kubeadm-config', kubeletConfigMap, 'kube-proxy'].map(may))).toEqual(['yes', 'yes', 'yes']);
    });
  });

  describe('access', () => {
    it('is bound as the release wants it', async () => {
      const { bindings } = expectationsOf(node().kubernetesVersion);
      const found = await Promise.all(
        bindings.map(async (wanted) => {
          const { roleRef, subjects } = await readObject(node(), wanted.kind, `${wanted.namespace}/${wanted.name}`);
          return { ...wanted, role: roleRef?.name, subjects: subjects?.map(({ kind, name }) => `${kind} ${name}`) };
        }),
      );
      expect(found).toEqual(bindings);
    });

    it('is given to single objects only', async () => {
      for (const { namespace, name, resource } of expectationsOf(node().kubernetesVersion).roles) {
        const [resources, resourceName] = resource.split(' ');
        const { rules } = await readObject(node(), 'role', `${namespace}/${name}`);
        expect(rules, name).toEqual([{ apiGroups: [''], resourceNames: [resourceName], resources: [resources], verbs: ['get'] }]);
      }
    });
  });

  describe('the add-ons', () => {
    it('have their service accounts', async () => {
      for (const name of ['coredns', 'kube-proxy']) expect((await readObject(node(), 'serviceaccount', name)).metadata.name).toBe(name);
    });

    it('of kube-proxy: configuration and DaemonSet', async () => {
      const { data } = await readObject(node(), 'configmap', 'kube-proxy');
      expect(Object.keys(data ?? {}).sort()).toEqual(['config.conf', 'kubeconfig.conf']);
      const { spec } = await readObject(node(), 'daemonset', 'kube-proxy');
      expect(spec).toMatchObject({ template: { spec: { serviceAccountName: 'kube-proxy', hostNetwork: true } } });
    });

    it('of CoreDNS: configuration, Deployment and Service', async () => {
      expect((await readObject(node(), 'configmap', 'coredns')).data?.['Corefile']).toContain(
        'kubernetes cluster.local in-addr.arpa ip6.arpa',
      );
      const { spec } = await readObject(node(), 'deployment', 'coredns');
      expect(spec).toMatchObject({ replicas: 2, template: { spec: { serviceAccountName: 'coredns' } } });
      expect((await readObject(node(), 'service', 'kube-dns')).spec).toMatchObject({ clusterIP: dnsAddress });
    });
  });
}
