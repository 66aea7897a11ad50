/** Secret kubeadm-certs: the files in it, their encryption, and who may read it. */
import { createCipheriv } from 'node:crypto';
import type { BootstrapToken, ClusterConfig } from '../config/types.ts';
import type { ClusterObject } from './cluster-objects/object.ts';
import { joiningNodes, readAccess } from './cluster-objects/rbac.ts';

export interface SharedFile {
  readonly key: string;
  /** Absolute path; undefined when the configuration names no file for it. */
  readonly path: string | undefined;
}

const always = ['ca.crt', 'ca.key', 'front-proxy-ca.crt', 'front-proxy-ca.key', 'sa.pub', 'sa.key'];

/** Returns the files that all control plane nodes share, under the names that they have in the Secret. With etcd outside the cluster its client files take the place of the etcd CA. */
export function sharedFiles(cluster: Pick<ClusterConfig, 'etcd'>, certificatesDir: string): readonly SharedFile[] {
  const inDirectory = (name: string): SharedFile => ({ key: name.replaceAll('/', '-'), path: `${certificatesDir}/${name}` });
  const { external } = cluster.etcd;
  if (external === undefined) return [...always, 'etcd/ca.crt', 'etcd/ca.key'].map((name) => inDirectory(name));
  return [
    ...always.map((name) => inDirectory(name)),
    { key: 'external-etcd-ca.crt', path: external.caFile || undefined },
    { key: 'external-etcd.crt', path: external.certFile || undefined },
    { key: 'external-etcd.key', path: external.keyFile || undefined },
  ];
}

/** Bytes of a nonce. */
export const nonceLength = 12;

/**
 * Encrypts with AES-256-GCM. Returns nonce, ciphertext and the 16 bytes of the tag, one after the other.
 * @param key 32 bytes
 * @param nonce 12 bytes that were never used with this key
 * @see NIST SP 800-38D
 */
export function encrypt(key: Uint8Array, plaintext: Uint8Array, nonce: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

const secretName = 'kubeadm-certs';

/** How long the uploaded certificates stay. */
const lifetimeMs = 2 * 3_600_000;

/** Returns the Secret with base64 `data`. It is deleted together with the token Secret that owns it. */
export function kubeadmCertsSecret(
  data: Readonly<Record<string, string>>,
  owner: { readonly name: string; readonly uid: string },
): ClusterObject {
  const reference = { apiVersion: 'v1', kind: 'Secret', name: owner.name, uid: owner.uid, controller: true, blockOwnerDeletion: true };
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: secretName, namespace: 'kube-system', ownerReferences: [reference] }, data };
}

/** Role and RoleBinding: joining nodes may read it. They still need the certificate key to decrypt it. */
export function kubeadmCertsAccess(): readonly ClusterObject[] {
  return readAccess({
    name: `kubeadm:${secretName}`,
    namespace: 'kube-system',
    resource: 'secrets',
    object: secretName,
    subjects: [joiningNodes],
  });
}

/** Returns the token that only lends the certificates its lifetime: without usages nobody can sign or log in with it. */
export function ownerToken(token: string): BootstrapToken {
  return { token, description: 'Proxy for managing TTL for the kubeadm-certs secret', ttlMs: lifetimeMs, usages: [], groups: [] };
}

const keyLength = 32;

/** Returns a new key for uploaded certificates as 64 lower-case hex digits. `randomBytes` is a cryptographic generator. */
export function newCertificateKey(randomBytes: (length: number) => Uint8Array): string {
  return Buffer.from(randomBytes(keyLength)).toString('hex');
}
