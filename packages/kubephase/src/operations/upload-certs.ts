/** Uploads the files that all control plane nodes share, encrypted, for two hours. */
import { skip, type Problem, type Task, type Work } from 'phaserunner';
import type { KubeApi } from '../clients/kube/port.ts';
import type { InitConfig } from '../config/types.ts';
import { generateToken } from '../formats/bootstrap-token.ts';
import {
  encrypt,
  kubeadmCertsAccess,
  kubeadmCertsSecret,
  nonceLength,
  ownerToken,
  sharedFiles,
  type SharedFile,
} from '../core/upload-certs.ts';
import type { Files, Host } from '../host/port.ts';
import { failure, problem } from '../problems/catalogue.ts';
import { addToken } from './bootstrap-token.ts';
import { isExternalAuthority } from './certificates/authority.ts';
import { windowOf } from './cluster-objects.ts';
import { createOrUpdate, type WriteWindow } from './kube-write.ts';

export interface UploadContext {
  readonly config: Pick<InitConfig, 'certificateKey' | 'cluster' | 'timeouts'>;
  readonly paths: { readonly certificates: string };
  readonly options: { readonly uploadCerts: boolean; readonly skipCertificateKeyPrint: boolean };
  readonly host: Host;
  readonly kube: KubeApi;
  /** 64 hex digits. */
  readonly certificateKey: string;
  readonly report: { set(field: string, value: unknown): void; print(text: string): void };
}

/** What the phase does: nothing unless the user asked for it. */
export const uploadWork: Work<UploadContext> = {
  when: ({ options }) => options.uploadCerts || skip('--upload-certs was not given'),
  check: async ({ options, host, paths }) => (options.uploadCerts ? externalAuthorities(host.files, paths.certificates) : []),
  run: async (context, task: Task) => {
    const { config, host, kube, paths, options, report, certificateKey } = context;
    task.narrate('storing the certificates in Secret kubeadm-certs, namespace kube-system');
    const files = sharedFiles(config.cluster, paths.certificates);
    await uploadCertificates(host, kube, { files, certificateKey, window: windowOf(context, task) });
    if (options.skipCertificateKeyPrint) return;
    report.print(`The certificates can be decrypted with this certificate key:\n${certificateKey}\n`);
    report.set('certificateKey', certificateKey);
  },
};

/** Returns a problem for each authority that has a certificate without its key. */
async function externalAuthorities(files: Files, certificatesDirectory: string): Promise<readonly Problem[]> {
  const bases = ['ca', 'front-proxy-ca'].map((name) => `${certificatesDirectory}/${name}`);
  const external = await Promise.all(bases.map((base) => isExternalAuthority(files, base)));
  return bases.filter((_, index) => external[index]).map((base) => toProblem(base));
}

function toProblem(base: string): Problem {
  return problem('UPLOAD_CERTS_EXTERNAL_CA', {
    summary: `the key of ${base}.crt is not on this machine, so that it cannot be uploaded`,
    detail: 'Machines that join the control plane could not work with certificates that lack a key.',
    remedy: `Leave --upload-certs out and copy the certificates yourself, or put ${base}.key in its place.`,
    where: { file: `${base}.key` },
  });
}

interface Upload {
  readonly files: readonly SharedFile[];
  /** 64 hex digits. */
  readonly certificateKey: string;
  readonly window: WriteWindow;
}

/**
 * Writes Secret `kubeadm-certs` and who may read it. Every upload has an owner of its own; those of earlier
 * uploads stay until they expire.
 */
async function uploadCertificates(host: Host, kube: KubeApi, { files, certificateKey, window }: Upload): Promise<void> {
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
