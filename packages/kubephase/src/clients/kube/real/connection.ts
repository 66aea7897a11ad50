/** The way to the server of a kubeconfig: its URL, and connections that are used again. */
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent } from 'node:https';
import { createSecureContext } from 'node:tls';
import { isProblemError } from 'phaserunner';
import { currentCluster, currentUser, type KubeconfigCluster, type KubeconfigUser } from '../../../core/kubeconfig/kubeconfig.ts';
import { parseKubeconfig } from '../../../core/kubeconfig/text.ts';
import { failure } from '../../../problems/catalogue.ts';
import { halfIdentity, readCredentials, type Credentials, type TlsOptions } from './credentials.ts';
import { askOfficialClient, needsOfficialClient } from './official.ts';

export interface KubeAccess {
  /** Text of a kubeconfig file, YAML or JSON. */
  readonly kubeconfig: string;
  /** Where the text comes from, for messages and for the paths in it. */
  readonly file?: string;
  /** URL that takes the place of the server in the file. */
  readonly server?: string;
}

export interface Connection {
  /** Without credentials and without a slash at its end. */
  readonly server: string;
  /** For every request. */
  readonly agent: Agent;
  readonly tls: TlsOptions;
  readonly headers: OutgoingHttpHeaders;
  close(): void;
}

/**
 * Reads the credentials, and opens nothing yet. Idle connections do not keep the process alive.
 * @throws ProblemError `KUBECONFIG_INVALID`
 */
export async function openConnection({ kubeconfig: text, file = 'the kubeconfig file', server }: KubeAccess): Promise<Connection> {
  const kubeconfig = parseKubeconfig(text, file);
  const cluster = currentCluster(kubeconfig, file);
  const { name, user } = currentUser(kubeconfig, file);
  const url = serverUrl(server ?? cluster.server ?? '', file);
  const { tls, headers, agent = new Agent({ ...tls, keepAlive: true }) } = await signIn({ cluster, name, user, file, server: url.origin });
  return { server: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, agent, tls, headers, close: () => agent.destroy() };
}

interface Entries {
  readonly cluster: KubeconfigCluster;
  /** Of the user. */
  readonly name: string;
  readonly user: KubeconfigUser;
  readonly file: string;
  readonly server: string;
}

interface Identity extends Credentials {
  /** For a way that is not the straight one. */
  readonly agent?: Agent;
}

async function signIn({ cluster, name, user, file, server }: Entries): Promise<Identity> {
  try {
    const credentials = await readCredentials(cluster, user, file);
    const half = halfIdentity(credentials.tls);
    if (half !== undefined) throw unusable(file, name, half);
    const added = needsOfficialClient(cluster, user) ? await askOfficialClient({ cluster, user, credentials, server, file }) : undefined;
    const tls = { ...credentials.tls, ...added?.tls };
    // Says at once, and not at the first request, that a certificate or a key cannot be used.
    createSecureContext(tls);
    const headers = { ...added?.headers, ...credentials.headers };
    return { tls, headers, ...(added?.agent === undefined ? {} : { agent: added.agent }) };
  } catch (error) {
    throw isProblemError(error) ? error : unusable(file, name, reasonOf(error));
  }
}

function serverUrl(server: string, file: string): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol === 'https:') return url;
  throw failure('KUBECONFIG_INVALID', {
    summary: `${file} names no usable server`,
    detail:
      url === undefined ? 'the server of its current cluster is not a URL' : `the server is reached by ${url.protocol} and not by https:`,
    remedy: 'Write the https URL of the API server into it, or make it again.',
    where: { file, field: 'clusters' },
  });
}

/** Errors of files, OpenSSL and Node.js have a code and tell no content. What a plug-in says is not repeated: it may be a token. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') return 'its client key does not belong to its client certificate';
  return typeof code === 'string' && message !== undefined ? message : 'the program or the provider that gives them failed';
}

function unusable(file: string, user: string, reason: string): Error {
  const quoted = JSON.stringify(user);
  return failure('KUBECONFIG_INVALID', {
    summary: `the credentials of ${file} cannot be used`,
    detail: `user ${quoted}: ${reason}`,
    remedy: `Correct the user ${quoted} in it, or make ${file} again.`,
    where: { file, field: 'users' },
  });
}
