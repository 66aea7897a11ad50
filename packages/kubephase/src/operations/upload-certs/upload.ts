/** Uploads the files that all control plane nodes share, encrypted, for two hours. */
import type { KubeApi } from '../../clients/kube/port.ts';
import { generateToken } from '../../core/tokens.ts';
import {
  encrypt,
  kubeadmCertsAccess,
  kubeadmCertsSecret,
  nonceLength,
  ownerToken,
  type SharedFile,
} from '../../core/upload-certs/kubeadm-certs.ts';
import type { Host } from '../../host/port.ts';
import { failure } from '../../problems/catalogue.ts';
import { createOrUpdate, type WriteWindow } from '../kube/write.ts';
import { addToken } from '../tokens/write.ts';

export interface Upload {
  readonly files: readonly SharedFile[];
  /** 64 hex digits. */
  readonly certificateKey: string;
  readonly window: WriteWindow;
}

/**
 * Writes Secret `kubeadm-certs` and who may read it. Every upload has an owner of its own; those of earlier
 * uploads stay until they expire.
 */
export async function uploadCertificates(host: Host, kube: KubeApi, { files, certificateKey, window }: Upload): Promise<void> {
  const token = generateToken((length) => host.randomBytes(length));
  const name = await addToken(kube, ownerToken(token), { ...window, nowMs: host.now() });
  const data = await encryptedFiles(host, files, Buffer.from(certificateKey, 'hex'));
  const uid = await uidOf(kube, name);
  for (const object of [kubeadmCertsSecret(data, { name, uid }), ...kubeadmCertsAccess()]) await createOrUpdate(kube, object, window);
}

/** Base64 by key. A file that does not exist has an empty value, so that readers find every key. */
async function encryptedFiles(host: Host, files: readonly SharedFile[], key: Uint8Array): Promise<Readonly<Record<string, string>>> {
  const entries = files.map(async (file) => {
    const plain = file.path === undefined ? undefined : await host.files.read(file.path);
    if (plain === undefined) return [file.key, ''] as const;
    return [file.key, Buffer.from(encrypt(key, plain, host.randomBytes(nonceLength))).toString('base64')] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function uidOf(kube: KubeApi, name: string): Promise<string> {
  const secret = await kube.get({ apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system', name });
  if (secret?.metadata.uid !== undefined) return secret.metadata.uid;
  throw failure('UPLOAD_OWNER_MISSING', {
    summary: 'the certificates cannot be given a lifetime',
    detail: `Secret ${name}, which was just written to own them, cannot be read back with its UID.`,
    remedy: 'Run the phase again.',
    where: { object: `Secret kube-system/${name}` },
  });
}
