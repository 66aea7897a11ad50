/** One call of etcd at the first endpoint that answers, each try on a connection of its own, and the ways in which it can fail. */
import { X509Certificate } from 'node:crypto';
import { createClient, type CallOptions, type Client } from '@connectrpc/connect';
import { openChannel, readFailure, type Channel } from '../../grpc.ts';
import { credentialsInvalid, etcdRefused, etcdUnreachable } from '../failure.ts';
import { Cluster, Maintenance } from './gen/etcd.ts';

export interface EtcdCall<T> {
  /** Client URLs, asked one after the other until one answers. */
  readonly endpoints: readonly string[];
  readonly credentials: EtcdCredentials;
  /** Longest wait for the answer of each endpoint, the connection included. */
  readonly timeoutMs: number;
  /** What etcd should do, as the end of "did not …". */
  readonly order: string;
  readonly send: (services: Services, options: CallOptions) => Promise<T>;
}

/** An endpoint that did not answer. */
interface Silence {
  readonly endpoint: string;
  readonly detail: string;
  readonly cause?: unknown;
}

type Outcome<T> = { readonly answer: T } | { readonly silence: Silence };

/**
 * Each try has a connection of its own: calls are few, and nothing stays open that somebody has to close.
 * @throws ProblemError as in the port
 */
export async function callEtcd<T>(call: EtcdCall<T>): Promise<T> {
  const silences: Silence[] = [];
  for (const endpoint of call.endpoints) {
    const outcome = await callEndpoint(endpoint, call);
    if ('answer' in outcome) return outcome.answer;
    silences.push(outcome.silence);
  }
  throw unreachable(silences);
}

function unreachable(silences: readonly Silence[]): Error {
  const [first, ...others] = silences;
  if (first === undefined) return etcdUnreachable(['no endpoint'], { detail: 'no endpoint of etcd is known' });
  const detail = others.length === 0 ? first.detail : silences.map((one) => `${one.endpoint}: ${one.detail}`).join('; ');
  const endpoints = silences.map(({ endpoint }) => endpoint);
  return etcdUnreachable(endpoints, { detail, cause: first.cause });
}

async function callEndpoint<T>(endpoint: string, { credentials, timeoutMs, order, send }: EtcdCall<T>): Promise<Outcome<T>> {
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) return { silence: { endpoint, detail: 'this is not a URL of HTTP or HTTPS' } };
  const connection = open(endpoint, credentials);
  try {
    return { answer: await send(connection.services, { timeoutMs }) };
  } catch (error) {
    const { answered, detail } = readFailure(error, connection.fault(), timeoutMs);
    if (answered) throw etcdRefused({ order, endpoint }, { detail, cause: error });
    // Of an error of this side only what broke the connection says something.
    return { silence: { endpoint, detail, cause: connection.fault() } };
  } finally {
    connection.close();
  }
}

function open(endpoint: string, credentials: EtcdCredentials): Connection {
  try {
    return openConnection(new URL(endpoint), credentials);
  } catch (error) {
    throw credentialsInvalid(endpoint, { detail: error instanceof Error ? error.message : String(error), cause: error });
  }
}

/** PEM texts with which this side and the server prove who they are. */
export interface EtcdCredentials {
  /** Certificates that must have signed that of the server. Without it those that the machine trusts count. */
  readonly caPem?: string;
  readonly client?: { readonly certificatePem: string; readonly keyPem: string };
}

interface Services {
  readonly cluster: Client<typeof Cluster>;
  readonly maintenance: Client<typeof Maintenance>;
}

interface Connection extends Pick<Channel, 'fault' | 'close'> {
  readonly services: Services;
}

/**
 * @param endpoint URL with the scheme https or http; with http the credentials are not used
 * @throws Error when the credentials cannot be used
 */
function openConnection(endpoint: URL, { caPem, client }: EtcdCredentials): Connection {
  // Node takes whatever is given as the CA and then trusts nobody: the reason should be told instead.
  if (caPem !== undefined) void new X509Certificate(caPem);
  const { transport, fault, close } = openChannel(endpoint.origin, {
    minVersion: 'TLSv1.2',
    ...(caPem === undefined ? {} : { ca: caPem }),
    ...(client === undefined ? {} : { cert: client.certificatePem, key: client.keyPem }),
  });
  return { services: { cluster: createClient(Cluster, transport), maintenance: createClient(Maintenance, transport) }, fault, close };
}
