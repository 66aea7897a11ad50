/** Clusters made with some phases left out, and with the rest run afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObject } from '../assertions/cluster.ts';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';

/** Phase → what it alone makes, as `Kind namespace/name`. */
const products: Readonly<Record<string, readonly string[]>> = {
  'upload-config/kubeadm': ['ConfigMap kube-system/kubeadm-config', 'Role kube-system/kubeadm:nodes-kubeadm-config'],
  'bootstrap-token': [
    'Secret kube-system/bootstrap-token-abcdef',
    'ConfigMap kube-public/cluster-info',
    'RoleBinding kube-public/kubeadm:bootstrap-signer-clusterinfo',
    'ClusterRole kubeadm:get-nodes',
    'ClusterRoleBinding kubeadm:kubelet-bootstrap',
    'ClusterRoleBinding kubeadm:node-autoapprove-certificate-rotation',
  ],
  'addon/coredns': [
    'ConfigMap kube-system/coredns',
    'Deployment kube-system/coredns',
    'Service kube-system/kube-dns',
    'ClusterRoleBinding system:coredns',
  ],
  'addon/kube-proxy': [
    'ConfigMap kube-system/kube-proxy',
    'DaemonSet kube-system/kube-proxy',
    'ServiceAccount kube-system/kube-proxy',
    'ClusterRoleBinding kubeadm:node-proxier',
  ],
};

/** A loaded machine is slow to tell. */
const soon = { timeout: 60_000, interval: 200 };

const kinds = 'configmap,secret,serviceaccount,service,deployment,daemonset,role,rolebinding,clusterrole,clusterrolebinding';

/** Phases of `products` with all that they make; those with a part of it count neither here nor as left out. */
async function madeBy(node: Node): Promise<{ readonly run: readonly string[]; readonly leftOut: readonly string[] }> {
  const { items } = JSON.parse(succeeded(await node.kubectl('get', kinds, '--all-namespaces', '--output=json'))) as {
    readonly items: readonly { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } }[];
  };
  const there = new Set(items.map(({ kind, metadata: { namespace, name } }) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`));
  const phases = Object.entries(products);
  return {
    run: phases.filter(([, objects]) => objects.every((object) => there.has(object))).map(([phase]) => phase),
    leftOut: phases.filter(([, objects]) => !objects.some((object) => there.has(object))).map(([phase]) => phase),
  };
}

async function isMarked(node: Node): Promise<boolean> {
  const { metadata, spec } = await readObject(node, 'node', node.name);
  return JSON.stringify([metadata.labels, spec?.['taints']]).includes('node-role.kubernetes.io/');
}

async function newNode(name: string): Promise<Node> {
  const node = await createNode({ name });
  node.files.write('/tmp/init.yaml', configuration(node));
  return node;
}

const init = async (node: Node, ...words: readonly string[]): Promise<string> =>
  succeeded(await node.kubephase('init', ...words, '--config=/tmp/init.yaml'));

describe('init without some phases', () => {
  let node: Node;
  beforeAll(async () => {
    node = await newNode('without');
    await init(node, '--skip-phases=mark-control-plane,bootstrap-token,addon', '--ignore-preflight-errors=ImagePull');
  });
  afterAll(() => node?.remove());

  it('leaves out exactly these', async () => {
    expect(await madeBy(node)).toEqual({
      run: ['upload-config/kubeadm'],
      leftOut: ['bootstrap-token', 'addon/coredns', 'addon/kube-proxy'],
    });
    expect(await isMarked(node)).toBe(false);
  });

  it('tells later upgrades that the add-ons are not wanted', async () => {
    const { data } = await readObject(node, 'configmap', 'kubeadm-config');
    expect(data?.['ClusterConfiguration']).toMatch(/^dns:\n {2}disabled: true\n/m);
    expect(data?.['ClusterConfiguration']).toMatch(/^proxy:\n {2}disabled: true\n/m);
  });

  it('runs some of them with --only, in the order of the workflow', async () => {
    await init(node, '--only=addon/kube-proxy,bootstrap-token,upload-config');
    expect(await madeBy(node)).toEqual({
      run: ['upload-config/kubeadm', 'bootstrap-token', 'addon/kube-proxy'],
      leftOut: ['addon/coredns'],
    });
    expect((await readObject(node, 'configmap', 'kubeadm-config')).data?.['ClusterConfiguration']).not.toContain('disabled');
  });

  it('runs the others as phases', async () => {
    await init(node, 'phase', 'mark-control-plane');
    await init(node, 'phase', 'addon', 'coredns');
    expect((await madeBy(node)).leftOut).toEqual([]);
    expect(await isMarked(node)).toBe(true);
  });

  controlPlaneCases(() => node);
});

describe('init up to a phase and on from the next', () => {
  let node: Node;
  beforeAll(async () => {
    node = await newNode('until');
    await init(node, '--until=wait-control-plane', '--ignore-preflight-errors=ImagePull');
  });
  afterAll(() => node?.remove());

  it('stops with an API server that answers and knows nothing yet', async () => {
    await expect.poll(async () => (await node.kubectl('get', '--raw=/livez')).stdout, soon).toBe('ok');
    expect((await madeBy(node)).run).toEqual([]);
  });

  it('goes on to a complete cluster', async () => {
    await init(node, '--from=upload-config');
    expect((await madeBy(node)).run).toEqual(Object.keys(products));
    expect(await isMarked(node)).toBe(true);
  });
});
