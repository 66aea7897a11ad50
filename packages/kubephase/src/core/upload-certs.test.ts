import * as fc from 'fast-check';
import { createDecipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { encrypt, kubeadmCertsAccess, kubeadmCertsSecret, newCertificateKey, ownerToken, sharedFiles } from './upload-certs.ts';

const local = { etcd: { local: { dataDir: '/d', extraArgs: [], extraEnvs: [], serverCertSANs: [], peerCertSANs: [] } } };
const external = { endpoints: ['https://e:2379'], httpEndpoints: [], caFile: '/e/ca.pem', certFile: '', keyFile: '/e/key.pem' };

function exactly(length: number): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

test('encryption gives the bytes of the published example', () => {
  const key = Uint8Array.from({ length: 32 }, (_, index) => index);
  const nonce = Uint8Array.from({ length: 12 }, (_, index) => index + 10);
  const stored = encrypt(key, Buffer.from('hello kubeadm-certs\n'), nonce);
  expect(Buffer.from(stored).toString('base64')).toBe('CgsMDQ4PEBESExQVB9hWpAT9vADUYblps4GGLY9qrCUbFTXEDJFEK2oShtjzlANO');
});

test('what is encrypted can be decrypted again and is 28 bytes longer', () => {
  fc.assert(
    fc.property(exactly(32), exactly(12), fc.uint8Array(), (key, nonce, plain) => {
      const stored = encrypt(key, plain, nonce);
      const cipher = createDecipheriv('aes-256-gcm', key, stored.subarray(0, 12)).setAuthTag(stored.subarray(-16));
      const opened = Buffer.concat([cipher.update(stored.subarray(12, -16)), cipher.final()]);
      expect(Uint8Array.from(opened)).toEqual(Uint8Array.from(plain));
      expect(stored.length).toBe(plain.length + 28);
    }),
  );
});

test('with a local etcd its CA is shared', () => {
  expect(sharedFiles(local, '/pki')).toEqual([
    { key: 'ca.crt', path: '/pki/ca.crt' },
    { key: 'ca.key', path: '/pki/ca.key' },
    { key: 'front-proxy-ca.crt', path: '/pki/front-proxy-ca.crt' },
    { key: 'front-proxy-ca.key', path: '/pki/front-proxy-ca.key' },
    { key: 'sa.pub', path: '/pki/sa.pub' },
    { key: 'sa.key', path: '/pki/sa.key' },
    { key: 'etcd-ca.crt', path: '/pki/etcd/ca.crt' },
    { key: 'etcd-ca.key', path: '/pki/etcd/ca.key' },
  ]);
});

test('with an external etcd its client files are shared, also those that are not configured', () => {
  expect(sharedFiles({ etcd: { external } }, '/pki').slice(6)).toEqual([
    { key: 'external-etcd-ca.crt', path: '/e/ca.pem' },
    { key: 'external-etcd.crt', path: undefined },
    { key: 'external-etcd.key', path: '/e/key.pem' },
  ]);
});

test('the Secret is owned by the Secret of a token', () => {
  expect(kubeadmCertsSecret({ 'ca.crt': 'eA==' }, { name: 'bootstrap-token-abcdef', uid: 'u-1' })).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: 'kubeadm-certs',
      namespace: 'kube-system',
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Secret', name: 'bootstrap-token-abcdef', uid: 'u-1', controller: true, blockOwnerDeletion: true },
      ],
    },
    data: { 'ca.crt': 'eA==' },
  });
});

test('the owning token can do nothing and lives two hours', () => {
  expect(ownerToken('abcdef.0123456789abcdef')).toEqual({
    token: 'abcdef.0123456789abcdef',
    description: 'Proxy for managing TTL for the kubeadm-certs secret',
    ttlMs: 7_200_000,
    usages: [],
    groups: [],
  });
});

test('only joining nodes may read the Secret', () => {
  const metadata = { name: 'kubeadm:kubeadm-certs', namespace: 'kube-system' };
  expect(kubeadmCertsAccess()).toEqual([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: [{ apiGroups: [''], resourceNames: ['kubeadm-certs'], resources: ['secrets'], verbs: ['get'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'kubeadm:kubeadm-certs' },
      subjects: [{ kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' }],
    },
  ]);
});

test('a certificate key is 32 random bytes in lower-case hex', () => {
  expect(newCertificateKey((length) => new Uint8Array(length).fill(171))).toBe('ab'.repeat(32));
});
