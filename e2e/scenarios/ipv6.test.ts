/** A cluster with IPv6 addresses only, as far as Kubernetes is concerned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObject } from '../assertions/cluster.ts';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';

/** The machine may be slow. */
const soon = { timeout: 120_000, interval: 500 };

describe('init with IPv6', () => {
  let node: Node;
  beforeAll(async () => {
    node = await createNode({ name: 'ipv6' });
    const init = {
      localAPIEndpoint: { advertiseAddress: node.address6 },
      nodeRegistration: {
        criSocket: 'unix:///run/containerd/containerd.sock',
        kubeletExtraArgs: [{ name: 'node-ip', value: node.address6 }],
      },
    };
    const networking = { podSubnet: 'fd00:10:244::/56', serviceSubnet: 'fd00:10:96::/112' };
    node.files.write('/tmp/init.yaml', configuration(node, { init, cluster: { networking } }));
    succeeded(await node.kubephase('init', '--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull'));
  });
  afterAll(() => node?.remove());

  it('is reached by that address', () => {
    expect(node.files.read('/etc/kubernetes/admin.conf')).toContain(`server: https://[${node.address6}]:6443\n`);
  });

  it('has etcd listen there and on the loopback address', () => {
    const manifest = node.files.read('/etc/kubernetes/manifests/etcd.yaml');
    expect(manifest).toContain(`--listen-client-urls=https://[::1]:2379,https://[${node.address6}]:2379\n`);
  });

  it('has Pods and Services of the subnets', async () => {
    await expect
      .poll(async () => (await readObject(node, 'node', node.name)).spec?.['podCIDR'] ?? '', soon)
      .toMatch(/^fd00:10:244:.*\/64$/);
    expect((await readObject(node, 'service', 'default/kubernetes')).spec).toMatchObject({ clusterIP: 'fd00:10:96::1' });
    await expect.poll(async () => succeeded(await node.run(['ip6tables-save', '-t', 'nat'])), soon).toContain('fd00:10:96::1/128');
  });

  controlPlaneCases(() => node, { family: 6, dnsAddress: 'fd00:10:96::a' });
});
