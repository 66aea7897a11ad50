/** A connection to one member of etcd, with the services of its interface on it. */
import { X509Certificate } from 'node:crypto';
import { createClient, type Client } from '@connectrpc/connect';
import { openChannel, type Channel } from '../../grpc/channel.ts';
import { Cluster, Maintenance } from './gen/etcd.ts';

/** PEM texts with which this side and the server prove who they are. */
export interface EtcdCredentials {
  /** Certificates that must have signed that of the server. Without it those that the machine trusts count. */
  readonly caPem?: string;
  readonly client?: { readonly certificatePem: string; readonly keyPem: string };
}

export interface Services {
  readonly cluster: Client<typeof Cluster>;
  readonly maintenance: Client<typeof Maintenance>;
}

export interface Connection extends Pick<Channel, 'fault' | 'close'> {
  readonly services: Services;
}

/**
 * @param endpoint URL with the scheme https or http; with http the credentials are not used
 * @throws Error when the credentials cannot be used
 */
export function openConnection(endpoint: URL, { caPem, client }: EtcdCredentials): Connection {
  // Node takes whatever is given as the CA and then trusts nobody: the reason should be told instead.
  if (caPem !== undefined) void new X509Certificate(caPem);
  const { transport, fault, close } = openChannel(endpoint.origin, {
    minVersion: 'TLSv1.2',
    ...(caPem === undefined ? {} : { ca: caPem }),
    ...(client === undefined ? {} : { cert: client.certificatePem, key: client.keyPem }),
  });
  return { services: { cluster: createClient(Cluster, transport), maintenance: createClient(Maintenance, transport) }, fault, close };
}
