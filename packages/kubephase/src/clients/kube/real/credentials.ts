/** Reads the trust and the identity that a kubeconfig gives to a client. */
import type { OutgoingHttpHeaders } from 'node:http';
import { referredFile, type KubeconfigCluster, type KubeconfigUser } from '../../../core/kubeconfig/kubeconfig.ts';
import { readNamed } from '../../../host/real/read.ts';

/** Options of a TLS connection; certificates and keys are PEM. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  /** Always said: left out, an environment variable could switch it off. */
  readonly rejectUnauthorized: boolean;
}

export interface Credentials {
  readonly tls: TlsOptions;
  /** Of every request. */
  readonly headers: OutgoingHttpHeaders;
}

/** Certificates, keys and tokens, bundles included. In bytes. */
const longestFile = 1024 * 1024;

/** What an entry of a kubeconfig holds beside the fields that its type names. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what stands in the two entries or in files that they name. Data wins over files, except that the file of a token wins,
 * because somebody renews it.
 * @param kubeconfig path of the kubeconfig, to whose folder paths in it are relative
 * @throws SystemError that names a file that cannot be read
 */
export async function readCredentials(cluster: KubeconfigCluster, user: KubeconfigUser, kubeconfig: string): Promise<Credentials> {
  const read = (entry: Fields, field: string): Promise<string | undefined> => readPart(entry, field, kubeconfig);
  const ca = await read(cluster, 'certificate-authority');
  const cert = await read(user, 'client-certificate');
  const key = await read(user, 'client-key');
  const servername = textOf(cluster, 'tls-server-name');
  return {
    tls: {
      ...(ca === undefined ? {} : { ca }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(servername === undefined ? {} : { servername }),
      rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
    },
    headers: { ...(await authorization(user, kubeconfig)), ...impersonation(user) },
  };
}

/**
 * Says what a client certificate or its key lacks; undefined when both or none are named.
 * Half a pair would not be refused by TLS: the client would go without, and the server would take it for a stranger.
 */
export function halfIdentity({ cert, key }: Pick<TlsOptions, 'cert' | 'key'>): string | undefined {
  if (cert === undefined && key === undefined) return undefined;
  const [hasCertificate, hasKey] = [cert, key].map((pem = '') => pem.trim() !== '');
  if (hasCertificate === hasKey) return hasKey === true ? undefined : 'its client certificate and its client key are empty';
  return hasKey === true
    ? 'it has a client key, but no client certificate (client-certificate-data or client-certificate)'
    : 'it has a client certificate, but no client key (client-key-data or client-key)';
}

async function readPart(entry: Fields, field: string, kubeconfig: string): Promise<string | undefined> {
  const data = textOf(entry, `${field}-data`);
  if (data !== undefined) return Buffer.from(data, 'base64').toString('utf8');
  const file = textOf(entry, field);
  return file === undefined ? undefined : readNamed(referredFile(kubeconfig, file), longestFile);
}

async function authorization(user: Fields, kubeconfig: string): Promise<OutgoingHttpHeaders> {
  const tokenFile = textOf(user, 'tokenFile');
  const token = tokenFile === undefined ? textOf(user, 'token') : readNamed(referredFile(kubeconfig, tokenFile), longestFile);
  if (token !== undefined) return { authorization: `Bearer ${token.trim()}` };
  const name = textOf(user, 'username');
  if (name === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${name}:${textOf(user, 'password') ?? ''}`).toString('base64')}` };
}

/** Leaving it out would be to act with other rights than the file wants. */
function impersonation(user: Fields): OutgoingHttpHeaders {
  const name = textOf(user, 'as');
  const groups = user['as-groups'];
  return {
    ...(name === undefined ? {} : { 'impersonate-user': name }),
    ...(Array.isArray(groups) ? { 'impersonate-group': groups.map(String) } : {}),
  };
}

/** Empty text counts as none, as everywhere in kubeconfig files. */
function textOf(entry: Fields, field: string): string | undefined {
  const value = entry[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
