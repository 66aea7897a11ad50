/** Whether what the offline phases wrote belongs together. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';

const pki = '/etc/kubernetes/pki';
const authorities: Readonly<Record<string, string>> = {
  ca: 'ca',
  'apiserver-etcd-client': 'etcd/ca',
  'front-proxy-client': 'front-proxy-ca',
  'front-proxy-ca': 'front-proxy-ca',
};

/** Every path below `root`, as it is known there. */
export function pathsBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true }).map(
    (entry) => `/${relative(root, join(entry.parentPath ?? entry.path, entry.name))}`,
  );
}

/** SPKI of a public key, or of the public half of a private one. */
function publicHalf(pem: string): string {
  return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();
}

/** Every certificate fits its key and its authority, and the two keys of service accounts fit each other. */
export function expectValidPki(root: string): void {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const certificates = pathsBelow(root).filter((path) => path.endsWith('.crt'));
  expect(certificates).toHaveLength(10);
  for (const path of certificates) {
    const name = path.slice(pki.length + 1, -4);
    const authority = authorities[name] ?? (name.startsWith('etcd/') ? 'etcd/ca' : 'ca');
    const certificate = new X509Certificate(read(path));
    expect([path, certificate.checkPrivateKey(createPrivateKey(read(path.replace(/crt$/, 'key'))))]).toEqual([path, true]);
    expect([path, certificate.verify(new X509Certificate(read(`${pki}/${authority}.crt`)).publicKey)]).toEqual([path, true]);
  }
  expect(publicHalf(read(`${pki}/sa.pub`))).toBe(publicHalf(read(`${pki}/sa.key`)));
}

/** Every kubeconfig file trusts the authority of the tree, and is trusted by it. */
export function expectValidKubeconfigs(root: string): void {
  const authority = readFileSync(join(root, pki, 'ca.crt'), 'utf8');
  const names = ['admin', 'super-admin', 'kubelet', 'controller-manager', 'scheduler'];
  for (const name of names) {
    const text = readFileSync(join(root, `/etc/kubernetes/${name}.conf`), 'utf8');
    const data = (field: string): string => Buffer.from(new RegExp(`${field}: (\\S+)`).exec(text)?.[1] ?? '', 'base64').toString('utf8');
    const certificate = new X509Certificate(data('client-certificate-data'));
    expect([name, data('certificate-authority-data')]).toEqual([name, authority]);
    expect([name, certificate.verify(new X509Certificate(authority).publicKey)]).toEqual([name, true]);
    expect([name, certificate.checkPrivateKey(createPrivateKey(data('client-key-data')))]).toEqual([name, true]);
  }
}
