/** What `init` of kubephase and of the genuine kubeadm leave behind, side by side: files on the machine and objects in the cluster. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObjects, type ClusterObject } from '../assertions/cluster.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration, kubeadmConfiguration } from './configuration.ts';

const files = [
  ...['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => `/etc/kubernetes/manifests/${name}.yaml`),
  '/var/lib/kubelet/config.yaml',
  '/var/lib/kubelet/kubeadm-flags.env',
];

/** Objects that differ on purpose (docs/deviations.md), by kind and name. */
const different = new Set([
  'ConfigMap kubeadm-config', // written in one version of the format for all releases
]);

const kinds = [
  'roles',
  'rolebindings',
  'clusterroles',
  'clusterrolebindings',
  'configmaps',
  'services',
  'serviceaccounts',
  'deployments',
  'daemonsets',
];

/** Without what is a node's or a cluster's own. */
function general(text: string, { name, address }: Node): string {
  return text
    .replaceAll(name, 'NODE')
    .replaceAll(address, 'ADDRESS')
    .replaceAll(/(certificate-authority-data: )\S+/g, '$1CA')
    .replaceAll(/sha256:[0-9a-f]{64}/g, 'HASH');
}

/** Those that an installer makes; the rest comes from the components. */
function isInstalled({ metadata: { name, labels } }: ClusterObject & { readonly kind?: string }): boolean {
  const own = /^(kubeadm|kube-proxy|kube-dns|coredns|system:coredns|cluster-info|kubelet-config)/;
  return labels?.['kubernetes.io/bootstrapping'] === undefined && own.test(name);
}

/** Kind and name → what the installer decided about it. */
async function installed(node: Node): Promise<Readonly<Record<string, string>>> {
  const found: [string, string][] = [];
  for (const kind of kinds) {
    for (const object of (await readObjects(node, kind, '--all-namespaces')).filter(isInstalled)) {
      const { kind: ofKind, metadata, data = {}, roleRef, subjects, rules, spec } = object as ClusterObject & { readonly kind: string };
      const kept = Object.entries(data).filter(([key]) => !key.startsWith('jws-'));
      const { labels, annotations } = metadata;
      const decided = { labels, annotations, data: Object.fromEntries(kept), roleRef, subjects, rules, spec };
      found.push([`${ofKind} ${metadata.name}`, general(JSON.stringify(decided, undefined, 1), node)]);
    }
  }
  return Object.fromEntries(found);
}

/** Names, modes and owners of all that is below /etc/kubernetes. */
async function list(node: Node): Promise<readonly string[]> {
  const found = succeeded(await node.run(['find', '/etc/kubernetes', '-printf', '%M %u %g %p\n']));
  return found.split('\n').sort();
}

/** Those that are in both clusters on purpose. */
function comparable(objects: Readonly<Record<string, string>>): unknown {
  return Object.fromEntries(Object.entries(objects).filter(([name]) => !different.has(name)));
}

/** Without the taints that come and go with the state of the node. */
async function labelsAndTaints(node: Node): Promise<unknown> {
  const [found] = await readObjects(node, 'nodes');
  const taints = (found?.spec?.['taints'] ?? []) as readonly { readonly key: string }[];
  const lasting = taints.filter(({ key }) => !key.startsWith('node.kubernetes.io/'));
  return JSON.parse(general(JSON.stringify({ labels: found?.metadata.labels, taints: lasting }), node)) as unknown;
}

describe('beside the genuine kubeadm', () => {
  let ours: Node;
  let theirs: Node;
  beforeAll(async () => {
    [ours, theirs] = await Promise.all([createNode({ name: 'left-node' }), createNode({ name: 'right-node' })]);
    ours.files.write('/tmp/init.yaml', configuration(ours));
    theirs.files.write('/tmp/init.yaml', kubeadmConfiguration(theirs));
    const words = ['init', '--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull'];
    const results = await Promise.all([ours.kubephase(...words), theirs.kubeadm(...words)]);
    for (const result of results) succeeded(result);
  });
  afterAll(() => Promise.all([ours?.remove(), theirs?.remove()]));

  it.each(files)('%s is the same', (path) => {
    expect(general(ours.files.read(path), ours)).toBe(general(theirs.files.read(path), theirs));
  });

  it('files have the same names and modes', async () => {
    expect(await list(ours)).toEqual(await list(theirs));
  });

  it('objects in the cluster are the same', async () => {
    const [mine, others] = await Promise.all([installed(ours), installed(theirs)]);
    expect(Object.keys(mine).sort()).toEqual(Object.keys(others).sort());
    expect(comparable(mine)).toEqual(comparable(others));
  });

  it('the Node has the same labels and taints', async () => {
    expect(await labelsAndTaints(ours)).toEqual(await labelsAndTaints(theirs));
  });
});
