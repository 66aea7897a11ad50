/** A cluster with addresses of both families. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCondition, readObject, readObjects, type ClusterObject } from '../assertions/cluster.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';

/** The machine may be slow. */
const soon = { timeout: 120_000, interval: 500 };

/** What components need before 1.21; it is gone in 1.25. */
function gates({ kubernetesVersion }: Node): Readonly<Record<string, boolean>> {
  return Number(kubernetesVersion.split('.')[1]) < 21 ? { IPv6DualStack: true } : {};
}

function dualStack(node: Node): string {
  const featureGates = gates(node);
  const value = Object.entries(featureGates)
    .map(([name, on]) => `${name}=${on}`)
    .join();
  const component = value === '' ? {} : { extraArgs: [{ name: 'feature-gates', value }] };
  return configuration(node, {
    init: {
      nodeRegistration: {
        criSocket: 'unix:///run/containerd/containerd.sock',
        kubeletExtraArgs: [{ name: 'node-ip', value: `${node.address},${node.address6}` }],
      },
    },
    cluster: {
      networking: { podSubnet: '10.244.0.0/16,fd00:10:244::/56', serviceSubnet: '10.96.0.0/16,fd00:10:96::/112' },
      apiServer: component,
      controllerManager: component,
      scheduler: component,
    },
    kubelet: { featureGates },
    proxy: { featureGates },
  });
}

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'both', namespace: 'kube-system' },
  spec: { ipFamilyPolicy: 'RequireDualStack', ipFamilies: ['IPv4', 'IPv6'], ports: [{ port: 80 }] },
};

describe('init with both families', () => {
  let node: Node;
  beforeAll(async () => {
    node = await createNode({ name: 'dual-stack' });
    node.files.write('/tmp/init.yaml', dualStack(node));
    succeeded(await node.kubephase('init', '--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull'));
  });
  afterAll(() => node?.remove());

  const read = (): Promise<ClusterObject> => readObject(node, 'node', node.name);

  it('gives the node addresses and Pods of both', async () => {
    await expect.poll(async () => hasCondition(await read(), 'Ready'), soon).toBe(true);
    await expect
      .poll(async () => (await read()).spec?.['podCIDRs'], soon)
      .toEqual([expect.stringMatching(/^10\.244\.\d+\.0\/24$/), expect.stringMatching(/^fd00:10:244:.*\/64$/)]);
    const { status } = await read();
    for (const address of [node.address, node.address6]) expect(status?.['addresses']).toContainEqual({ type: 'InternalIP', address });
  });

  it('gives Services addresses of both', async () => {
    node.files.write('/tmp/service.json', JSON.stringify(service));
    succeeded(await node.kubectl('apply', '--filename=/tmp/service.json'));
    expect((await readObject(node, 'service', 'both')).spec?.['clusterIPs']).toEqual([
      expect.stringMatching(/^10\.96\./),
      expect.stringMatching(/^fd00:10:96::/),
    ]);
    expect((await readObject(node, 'service', 'kube-dns')).spec).toMatchObject({ clusterIP: '10.96.0.10' });
  });

  it('has kube-proxy know both', async () => {
    await expect
      .poll(async () => (await readObjects(node, 'pods', '--selector=k8s-app=kube-proxy')).map((pod) => hasCondition(pod, 'Ready')), soon)
      .toEqual([true]);
    for (const program of ['iptables-save', 'ip6tables-save']) {
      await expect.poll(async () => succeeded(await node.run([program, '-t', 'nat'])), soon).toContain('KUBE-SERVICES');
    }
  });

  it('tells the API server both subnets', () => {
    expect(node.files.read('/etc/kubernetes/manifests/kube-apiserver.yaml')).toContain(
      '--service-cluster-ip-range=10.96.0.0/16,fd00:10:96::/112\n',
    );
  });
});
