/** One cluster with ECDSA keys, patches and uploaded certificates; the genuine kubeadm makes use of it. */
import { createDecipheriv, X509Certificate, createPrivateKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCondition, isRunning, readObject, readObjects } from '../assertions/cluster.ts';
import { expectationsOf } from '../assertions/expectations.ts';
import { createNode } from '../machine/create-node.ts';
import { succeeded, type Node } from '../machine/node.ts';
import { bootstrapToken, configuration, kubeadmConfiguration } from './configuration.ts';

/** The machine may be slow. */
const soon = { timeout: 120_000, interval: 500 };

const patches: Readonly<Record<string, unknown>> = {
  'kube-apiserver.json': {
    spec: { containers: [{ name: 'kube-apiserver', env: [{ name: 'PATCHED', value: 'strategic' }] }] },
  },
  'kube-controller-manager0+merge.json': { metadata: { annotations: { patched: 'merge' } } },
  'kube-scheduler+json.json': [{ op: 'add', path: '/metadata/labels/patched', value: 'json' }],
  'kubeletconfiguration+merge.json': { maxPods: 42 },
  'corednsdeployment+merge.json': { spec: { replicas: 3 } },
};

/** Name in the Secret → file below the folder of certificates. */
const lent = {
  'ca.crt': 'ca.crt',
  'ca.key': 'ca.key',
  'etcd-ca.crt': 'etcd/ca.crt',
  'etcd-ca.key': 'etcd/ca.key',
  'front-proxy-ca.crt': 'front-proxy-ca.crt',
  'front-proxy-ca.key': 'front-proxy-ca.key',
  'sa.key': 'sa.key',
  'sa.pub': 'sa.pub',
};

/** `result` of what `init -o json` prints, as far as it is looked at here. */
interface InitResult {
  readonly certificateKey: string;
  readonly joinCommand: Readonly<Record<'endpoint' | 'token' | 'worker' | 'controlPlane' | 'certificateKey', string>> & {
    readonly caCertHashes: readonly string[];
  };
}

/** AES-256-GCM: nonce of 12 bytes, text, tag of 16 bytes. */
function decrypt(sealed: string, key: string): string {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'hex'), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString();
}

/** JSON of the one Pod of a component, once it runs. */
async function runningPod(node: Node, component: string): Promise<string> {
  const read = (): ReturnType<typeof readObjects> => readObjects(node, 'pods', `--selector=component=${component}`);
  await expect.poll(async () => (await read()).map(isRunning), soon).toEqual([true]);
  return JSON.stringify((await read())[0]);
}

/** Configurations are in the cluster as v1beta4, which is new in 1.31. */
function knowsConfiguration({ kubernetesVersion }: Node): boolean {
  return Number(kubernetesVersion.split('.')[1]) >= 31;
}

describe('init with variants', () => {
  let node: Node;
  let result: InitResult;
  const pki = (name: string): string => node.files.read(`/etc/kubernetes/pki/${name}`);

  const discovery = (): readonly string[] => {
    const { endpoint, token, caCertHashes } = result.joinCommand;
    return [endpoint, '--token', token, '--discovery-token-ca-cert-hash', ...caCertHashes];
  };

  beforeAll(async () => {
    node = await createNode({ name: 'variants' });
    for (const [name, patch] of Object.entries(patches)) node.files.write(`/tmp/patches/${name}`, JSON.stringify(patch));
    const init = { patches: { directory: '/tmp/patches' } };
    const cluster = { encryptionAlgorithm: 'ECDSA-P256', controlPlaneEndpoint: `${node.address}:6443` };
    node.files.write('/tmp/init.yaml', configuration(node, { init, cluster }));
    const words = ['--config=/tmp/init.yaml', '--ignore-preflight-errors=ImagePull', '--upload-certs', '--output=json'];
    ({ result } = JSON.parse(succeeded(await node.kubephase('init', ...words))) as { readonly result: InitResult });
  });
  afterAll(() => node?.remove());

  describe('ECDSA keys', () => {
    it('are in all certificates', () => {
      for (const name of ['ca', 'apiserver', 'apiserver-kubelet-client', 'front-proxy-client', 'etcd/server', 'etcd/peer']) {
        const { publicKey } = new X509Certificate(pki(`${name}.crt`));
        expect(publicKey.asymmetricKeyDetails, name).toEqual({ namedCurve: 'prime256v1' });
      }
    });

    it('sign the tokens of service accounts, with which kube-proxy reads Services', async () => {
      expect(createPrivateKey(pki('sa.key')).asymmetricKeyType).toBe('ec');
      await expect
        .poll(async () => (await readObjects(node, 'pods', '--selector=k8s-app=kube-proxy')).map((pod) => hasCondition(pod, 'Ready')), soon)
        .toEqual([true]);
      await expect.poll(async () => succeeded(await node.run(['iptables-save', '-t', 'nat'])), soon).toMatch(/KUBE-SERVICES/);
    });
  });

  describe('patches', () => {
    it('are in the Pods that run', async () => {
      expect(await runningPod(node, 'kube-apiserver')).toContain('{"name":"PATCHED","value":"strategic"}');
      expect(await runningPod(node, 'kube-controller-manager')).toContain('"patched":"merge"');
      expect(await runningPod(node, 'kube-scheduler')).toContain('"patched":"json"');
    });

    it('reach the kubelet of this node, and no other', async () => {
      await expect.poll(async () => (await readObject(node, 'node', node.name)).status, soon).toMatchObject({ capacity: { pods: '42' } });
      const { data } = await readObject(node, 'configmap', expectationsOf(node.kubernetesVersion).kubeletConfigMap);
      expect(data?.['kubelet']).not.toContain('maxPods');
    });

    it('reach CoreDNS', async () => {
      expect((await readObject(node, 'deployment', 'coredns')).spec).toMatchObject({ replicas: 3 });
    });
  });

  describe('--upload-certs', () => {
    it('lends the very files of this node to those who have the key', async () => {
      const { data = {} } = await readObject(node, 'secret', 'kubeadm-certs');
      const read = Object.entries(data).map(([name, sealed]) => [name, decrypt(sealed, result.certificateKey)]);
      expect(Object.fromEntries(read)).toEqual(Object.fromEntries(Object.entries(lent).map(([name, path]) => [name, pki(path)])));
    });

    it('ends with a bootstrap token that is good for nothing else', async () => {
      const { metadata } = await readObject(node, 'secret', 'kubeadm-certs');
      const owner = metadata.ownerReferences?.[0];
      expect(owner).toMatchObject({ apiVersion: 'v1', kind: 'Secret', controller: true, blockOwnerDeletion: true });
      const token = await readObject(node, 'secret', String(owner?.['name']));
      expect(token).toMatchObject({ type: 'bootstrap.kubernetes.io/token', metadata: { uid: owner?.['uid'] } });
      expect(Object.keys(token.data ?? {}).sort()).toEqual(['description', 'expiration', 'token-id', 'token-secret']);
      const hours = (Date.parse(Buffer.from(token.data?.['expiration'] ?? '', 'base64').toString()) - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(1.9);
      expect(hours).toBeLessThanOrEqual(2);
    });
  });

  it('tells programs how to join', () => {
    const { endpoint, token, caCertHashes, worker, controlPlane, certificateKey } = result.joinCommand;
    expect({ endpoint, token, certificateKey }).toEqual({
      endpoint: `${node.address}:6443`,
      token: bootstrapToken,
      certificateKey: result.certificateKey,
    });
    expect(worker).toBe(`kubephase join ${endpoint} --token ${token} --discovery-token-ca-cert-hash ${caCertHashes.join()}`);
    expect(controlPlane).toBe(`${worker} --control-plane --certificate-key ${certificateKey}`);
  });

  describe('the genuine kubeadm of the release, on another machine', () => {
    let other: Node;
    beforeAll(async () => {
      other = await createNode({ name: 'worker' });
    });
    afterAll(() => other?.remove());

    it('finds the cluster, but does not know the version of the configuration there', async ({ skip }) => {
      skip(knowsConfiguration(node), 'this kubeadm knows v1beta4');
      const { exitCode, stderr } = await other.kubeadm('join', ...discovery(), '--cri-socket=/run/containerd/containerd.sock');
      expect(exitCode).toBe(1);
      expect(stderr).toContain('v1beta4');
    });

    it('uploads one that it knows', async ({ skip }) => {
      skip(knowsConfiguration(node), 'this kubeadm knows v1beta4');
      succeeded(await node.kubectl('delete', 'configmap', 'kubeadm-config', '--namespace=kube-system'));
      node.files.write('/tmp/old.yaml', kubeadmConfiguration(node, { cluster: { controlPlaneEndpoint: `${node.address}:6443` } }));
      succeeded(await node.kubeadm('init', 'phase', 'upload-config', 'kubeadm', '--config=/tmp/old.yaml'));
    });

    it('downloads the certificates', async () => {
      const key = ['--control-plane', '--certificate-key', result.certificateKey];
      succeeded(await other.kubeadm('join', 'phase', 'control-plane-prepare', 'download-certs', ...discovery(), ...key));
      for (const path of Object.values(lent)) expect(other.files.read(`/etc/kubernetes/pki/${path}`), path).toBe(pki(path));
      other.files.remove('/etc/kubernetes/pki');
    });

    it('joins it', async () => {
      succeeded(await other.kubeadm('join', ...discovery(), '--cri-socket=/run/containerd/containerd.sock'));
      await expect.poll(async () => hasCondition(await readObject(node, 'node', other.name), 'Ready'), soon).toBe(true);
      const { status } = await readObject(node, 'node', other.name);
      expect(status).toMatchObject({ capacity: { pods: '110' } });
    });

    it('has kube-proxy run there', async () => {
      const selection = ['--selector=k8s-app=kube-proxy', `--field-selector=spec.nodeName=${other.name}`];
      await expect
        .poll(async () => (await readObjects(node, 'pods', ...selection)).map((pod) => hasCondition(pod, 'Ready')), soon)
        .toEqual([true]);
    });
  });
});
