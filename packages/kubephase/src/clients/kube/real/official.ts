/** Ways to sign in and to connect that are programs or protocols of their own: the official client of Kubernetes knows them. */
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';
import { isMapping } from '../../../formats/data/mapping.ts';
import { referredFile, type KubeconfigCluster, type KubeconfigUser } from '../../../core/kubeconfig/kubeconfig.ts';
import type { Credentials, TlsOptions } from './credentials.ts';

/** True for credentials from plug-ins and providers, and for servers behind a proxy that the file names. */
export function needsOfficialClient(cluster: KubeconfigCluster, user: KubeconfigUser): boolean {
  return [user['exec'], user['auth-provider'], cluster['proxy-url']].some(isFilled);
}

export interface SignIn {
  readonly cluster: KubeconfigCluster;
  readonly user: KubeconfigUser;
  /** What stands in the two, read by our own rules: the client would prefer files to data, and not find tokens in files. */
  readonly credentials: Credentials;
  /** URL of the API server. */
  readonly server: string;
  /** Path of the kubeconfig. */
  readonly file: string;
}

/** The identity that a plug-in gave, and an agent for a proxy. */
interface Additions extends Pick<Credentials, 'headers'> {
  readonly tls: Pick<TlsOptions, 'cert' | 'key'>;
  readonly agent?: Agent;
}

/**
 * Asks the official client, which may run a program that the kubeconfig names.
 * It is loaded here and not sooner: that takes half a second on Node.js, and the files that `init` makes never need it.
 * @throws what the client throws; its text may quote what a plug-in printed
 */
export async function askOfficialClient(signIn: SignIn): Promise<Additions> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const client = new KubeConfig();
  client.loadFromOptions({
    clusters: [clusterOf(signIn)],
    users: [userOf(signIn)],
    contexts: [{ name: 'context', cluster: 'cluster', user: 'user' }],
    currentContext: 'context',
  });
  const given: RequestOptions = {};
  await client.applyToHTTPSOptions(given);
  const { cert, key, agent, headers = {} } = given;
  return {
    tls: { ...pem('cert', cert), ...pem('key', key) },
    // The client sets single headers; a list of pairs is only what the type allows.
    headers: headers as OutgoingHttpHeaders,
    ...(isFilled(signIn.cluster['proxy-url']) && agent instanceof Agent ? { agent } : {}),
  };
}

/** Plug-ins give text; what the client decoded itself is bytes. */
function pem<Name extends string>(name: Name, value: unknown): { readonly [field in Name]?: string } {
  const text = Buffer.isBuffer(value) ? value.toString('utf8') : value;
  return typeof text === 'string' ? ({ [name]: text } as { readonly [field in Name]: string }) : {};
}

function clusterOf({ cluster, credentials, server }: SignIn): object {
  const { ca, servername, rejectUnauthorized } = credentials.tls;
  return {
    name: 'cluster',
    server,
    skipTLSVerify: !rejectUnauthorized,
    caData: base64(ca),
    tlsServerName: servername,
    proxyUrl: cluster['proxy-url'],
  };
}

function userOf({ user, credentials, file }: SignIn): object {
  const { cert, key } = credentials.tls;
  return {
    name: 'user',
    certData: base64(cert),
    keyData: base64(key),
    exec: execOf(user['exec'], file),
    authProvider: user['auth-provider'],
  };
}

/** A program that is named by a relative path counts from the folder of the file; a name alone is looked up on PATH. */
function execOf(exec: unknown, file: string): unknown {
  if (!isMapping(exec) || typeof exec['command'] !== 'string' || !exec['command'].includes('/')) return exec;
  return { ...exec, command: referredFile(file, exec['command']) };
}

function base64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'utf8').toString('base64');
}

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
