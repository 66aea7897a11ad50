/** Checks `ExternalEtcdVersion` and `ExternalEtcdClientCertificates`: an etcd outside the cluster is new enough, and the files to reach it exist. */
import type { EtcdVersionRequest } from '../clients/etcd/version.ts';
import type { ExternalEtcd } from '../config/types.ts';
import { findingOf, type Check, type CheckContext, type Finding } from './check.ts';
import { problemsOf } from '../problems/catalogue.ts';

/** Reads the version of etcd at one endpoint; throws `ProblemError`s. */
export type ReadEtcdVersion = (request: EtcdVersionRequest) => Promise<string>;

/** @param read for tests; by default the endpoints are asked over the network */
export function externalEtcdVersion(external: ExternalEtcd, read: ReadEtcdVersion = readOverNetwork): Check {
  return {
    name: 'ExternalEtcdVersion',
    severity: 'error',
    about:
      'Asks each endpoint of etcd outside the cluster for its version. The API server needs one that is new enough: mend endpoints that do not answer, and upgrade those that are too old.',
    // Four tries of 10 s with pauses of 5 s.
    timeoutMs: 60_000,
    run: async (context) => {
      const credentials = await credentialsOf(external, context.host);
      if ('finding' in credentials) return [credentials.finding];
      const endpoints = external.httpEndpoints.length > 0 ? external.httpEndpoints : external.endpoints;
      const found = await Promise.all(endpoints.map((endpoint) => judge({ endpoint, credentials, read }, context)));
      return found.flat();
    },
  };
}

const readOverNetwork: ReadEtcdVersion = async (request) => (await import('../clients/etcd/version.ts')).readEtcdVersion(request);

type Credentials = EtcdVersionRequest['credentials'];

interface Asked extends Pick<EtcdVersionRequest, 'endpoint' | 'credentials'> {
  readonly read: ReadEtcdVersion;
}

async function judge({ read, ...asked }: Asked, { host, release, signal }: CheckContext): Promise<readonly Finding[]> {
  const { compareVersions, parseVersion } = await import('../formats/version.ts');
  try {
    const text = await read({ ...asked, environment: host.environment, signal });
    const found = parseVersion(text);
    const minimum = parseVersion(release.traits.minimumExternalEtcd);
    if (found !== undefined && minimum !== undefined && compareVersions(found, minimum) >= 0) return [];
    const needed = `Kubernetes ${release.minor} needs etcd ${release.traits.minimumExternalEtcd.replace(/-\d+$/, '')} or newer`;
    return [{ summary: `${needed}; the one at ${asked.endpoint} is ${text}`, remedy: 'Upgrade etcd, one minor version at a time.' }];
  } catch (error) {
    signal.throwIfAborted();
    return problemsOf(error, 'PREFLIGHT_FAILED').map(findingOf);
  }
}

/** As configured: a certificate without its key, or the other way round, is not used, as in kubeadm. */
async function credentialsOf(external: ExternalEtcd, host: CheckContext['host']): Promise<Credentials | { readonly finding: Finding }> {
  const { caFile, certFile, keyFile } = external;
  const isPair = certFile !== '' && keyFile !== '';
  const paths = [caFile, ...(isPair ? [certFile, keyFile] : [])].filter((path) => path !== '');
  const files = await Promise.all(paths.map((path) => textOf(path, host)));
  const unreadable = files.filter(({ text }) => text === undefined);
  if (unreadable.length > 0) return { finding: missing(unreadable.map(({ path, reason }) => `${path} ${reason ?? 'does not exist'}`)) };
  const text = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
  return {
    ...(caFile === '' ? {} : { caPem: text(caFile) }),
    ...(isPair ? { client: { certificatePem: text(certFile), keyPem: text(keyFile) } } : {}),
  };
}

interface ReadFile {
  readonly path: string;
  readonly text?: string;
  /** Why there is no text, as the end of "<path> …". */
  readonly reason?: string;
}

async function textOf(path: string, host: CheckContext['host']): Promise<ReadFile> {
  try {
    const text = await host.files.readText(path);
    return text === undefined ? { path } : { path, text };
  } catch (error) {
    const [{ summary, detail }] = problemsOf(error, 'PREFLIGHT_FAILED');
    return { path, reason: `cannot be read: ${detail ?? summary}` };
  }
}

function missing(reasons: readonly string[]): Finding {
  return {
    summary: `etcd cannot be asked for its version: ${reasons.join(', ')}`,
    remedy: 'Put the files there, or correct etcd.external in the configuration.',
  };
}

/** Returns one check for each configured file; they share their name. */
export function externalEtcdFiles(etcd: ExternalEtcd): readonly Check[] {
  return [etcd.caFile, etcd.certFile, etcd.keyFile].filter((path) => path !== '').map((path) => fileExists(path));
}

function fileExists(path: string): Check {
  return {
    name: 'ExternalEtcdClientCertificates',
    severity: 'error',
    about:
      'Looks for the certificate, its key and the CA certificate with which the API server is to reach etcd outside the cluster (etcd.external in the configuration). Put the files there, or correct their paths.',
    run: async ({ host }) => {
      const status = await host.files.status(path);
      if (status?.type === 'file') return [];
      const fault = status === undefined ? 'does not exist' : 'is no regular file';
      return [{ summary: `${path} ${fault}`, remedy: 'Put the file there, or correct etcd.external in the configuration.' }];
    },
  };
}
