/** A cluster made phase by phase, each in a process of its own: the graduation criterion of the KEP on phases. */
import { X509Certificate, createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlPlaneCases } from '../assertions/control-plane.cases.ts';
import { readObject } from '../assertions/cluster.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { bootstrapToken, configuration } from './configuration.ts';

/** One process cannot tell another the key that it made up, so the configuration has one. */
const certificateKey = '0123456789abcdef'.repeat(4);

/** Name of each phase of `init`, in the order of the workflow → the words after `init phase`. */
const calls: Readonly<Record<string, readonly string[]>> = {
  preflight: ['preflight', '--ignore-preflight-errors=ImagePull'],
  certs: ['certs', 'all'],
  kubeconfig: ['kubeconfig', 'all'],
  etcd: ['etcd', 'local'],
  'control-plane': ['control-plane', 'all'],
  'kubelet-start': ['kubelet-start'],
  'wait-control-plane': ['wait-control-plane'],
  'upload-config': ['upload-config', 'all'],
  'upload-certs': ['upload-certs', '--upload-certs'],
  'mark-control-plane': ['mark-control-plane'],
  'bootstrap-token': ['bootstrap-token'],
  'kubelet-finalize': ['kubelet-finalize', 'all'],
  addon: ['addon', 'all'],
  'show-join-command': ['show-join-command'],
};

describe('init phase by phase', () => {
  let node: Node;
  let last = '';
  beforeAll(async () => {
    node = await createNode({ name: 'phases' });
    const init = { certificateKey };
    node.files.write('/tmp/init.yaml', configuration(node, { init, cluster: { controlPlaneEndpoint: `${node.address}:6443` } }));
  });
  afterAll(() => node?.remove());

  it('has a call here for every phase of the product', async () => {
    const { phases } = JSON.parse(succeeded(await node.kubephase('init', 'phase', '--list', '-o', 'json'))) as {
      readonly phases: readonly { readonly name: string }[];
    };
    expect(phases.map(({ name }) => name)).toEqual(Object.keys(calls));
  });

  it.each(Object.entries(calls))('runs %s', async (_, words) => {
    last = succeeded(await node.kubephase('init', 'phase', ...words, '--config=/tmp/init.yaml'));
  });

  it('ends with the commands for joining', () => {
    const { publicKey } = new X509Certificate(node.files.read('/etc/kubernetes/pki/ca.crt'));
    const pin = createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex');
    const join = ` join ${node.address}:6443 --token ${bootstrapToken} \\\n\t--discovery-token-ca-cert-hash sha256:${pin}`;
    expect(last.split(join)).toHaveLength(3);
    expect(last).toContain(`--control-plane --certificate-key ${certificateKey}`);
  });

  it('lends the certificates', async () => {
    expect((await readObject(node, 'secret', 'kubeadm-certs')).data).toHaveProperty('sa.key');
  });

  controlPlaneCases(() => node);
});
