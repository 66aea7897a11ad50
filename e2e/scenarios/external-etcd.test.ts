/** A control plane whose etcd is on another machine, with certificates of an authority of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readObject } from '../assertions/cluster.ts';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { configuration } from './configuration.ts';

const soon = { timeout: 60_000, interval: 200 };

const certificates = '/etc/kubernetes/pki';

/** Certificates for etcd and its clients, made by the phases that make them for a local etcd. */
async function makeCertificates(node: Node): Promise<void> {
  node.files.write('/tmp/init.yaml', configuration(node));
  const phases = ['etcd-ca', 'etcd-server', 'etcd-peer', 'apiserver-etcd-client'].map((name) => `certs/${name}`);
  succeeded(await node.kubephase('init', 'phase', `--only=${phases.join(',')}`, '--config=/tmp/init.yaml'));
}

/** Debian's etcd, outside any Pod. It ends with the node. */
function startEtcd(node: Node): void {
  const folder = `${certificates}/etcd`;
  const urls = { client: `https://${node.address}:2379`, peer: `https://${node.address}:2380` };
  const flags = [
    `--name=${node.name}`,
    '--data-dir=/var/lib/etcd',
    `--listen-client-urls=${urls.client}`,
    `--advertise-client-urls=${urls.client}`,
    `--listen-peer-urls=${urls.peer}`,
    `--initial-advertise-peer-urls=${urls.peer}`,
    `--initial-cluster=${node.name}=${urls.peer}`,
    `--trusted-ca-file=${folder}/ca.crt`,
    `--cert-file=${folder}/server.crt`,
    `--key-file=${folder}/server.key`,
    '--client-cert-auth',
    `--peer-trusted-ca-file=${folder}/ca.crt`,
    `--peer-cert-file=${folder}/peer.crt`,
    `--peer-key-file=${folder}/peer.key`,
    '--peer-client-cert-auth',
  ];
  node.spawn(['etcd', ...flags]).result.catch(() => {});
}

describe('init with etcd on another machine', () => {
  let store: Node;
  let node: Node;
  let external: Readonly<Record<'caFile' | 'certFile' | 'keyFile', string>> & { readonly endpoints: readonly string[] };

  const etcdctl = async (...words: readonly string[]): Promise<string> => {
    const { endpoints, caFile, certFile, keyFile } = external;
    const access = [`--endpoints=${endpoints.join()}`, `--cacert=${caFile}`, `--cert=${certFile}`, `--key=${keyFile}`];
    const { stdout, stderr } = await node.run(['etcdctl', ...access, ...words], { environment: { ETCDCTL_API: '3' } });
    return stdout + stderr;
  };

  beforeAll(async () => {
    [store, node] = await Promise.all([createNode({ name: 'store' }), createNode({ name: 'without-etcd' })]);
    await makeCertificates(store);
    startEtcd(store);
    external = {
      endpoints: [`https://${store.address}:2379`],
      caFile: '/etc/etcd/ca.crt',
      certFile: '/etc/etcd/client.crt',
      keyFile: '/etc/etcd/client.key',
    };
    node.files.write(external.caFile, store.files.read(`${certificates}/etcd/ca.crt`));
    node.files.write(external.certFile, store.files.read(`${certificates}/apiserver-etcd-client.crt`));
    node.files.write(external.keyFile, store.files.read(`${certificates}/apiserver-etcd-client.key`), 0o600);
    node.files.write('/tmp/init.yaml', configuration(node, { cluster: { etcd: { external } } }));
  });
  afterAll(() => Promise.all([node?.remove(), store?.remove()]));

  it('passes the check of its version', async () => {
    await expect.poll(() => etcdctl('endpoint', 'health'), soon).toContain('is healthy');
    const { stdout } = await node.kubephase('preflight', 'run', '--config=/tmp/init.yaml', '--output=json');
    const { result } = JSON.parse(stdout) as {
      readonly result: { readonly checks: readonly { readonly name: string; readonly status: string }[] };
    };
    const about = result.checks.filter(({ name }) => /etcd|2379|2380/i.test(name) && !name.startsWith('FileAvailable'));
    expect(about.map(({ name, status }) => `${name}: ${status}`)).toEqual([
      'ExternalEtcdVersion: passed',
      ...Array.from({ length: 3 }, () => 'ExternalEtcdClientCertificates: passed'),
    ]);
  });

  it('succeeds', async () => {
    succeeded(await node.kubephase('init', '--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull', '--upload-certs'));
  });

  it('makes nothing for an etcd of its own', () => {
    for (const path of ['/etc/kubernetes/manifests/etcd.yaml', `${certificates}/etcd`, `${certificates}/apiserver-etcd-client.crt`]) {
      expect(node.files.exists(path), path).toBe(false);
    }
  });

  it('keeps the cluster there', async () => {
    expect(await etcdctl('get', '/registry/minions/', '--prefix', '--keys-only')).toContain(`/registry/minions/${node.name}`);
  });

  it('lends its client certificate to further nodes of the control plane', async () => {
    const { data = {} } = await readObject(node, 'secret', 'kubeadm-certs');
    const names = Object.keys(data).filter((name) => name.includes('etcd'));
    expect(names.sort()).toEqual(['external-etcd-ca.crt', 'external-etcd.crt', 'external-etcd.key']);
    expect(names.filter((name) => data[name] === '')).toEqual([]);
  });

  controlPlaneCases(() => node, { etcd: 'external' });
});
