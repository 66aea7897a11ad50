/** A connection to the socket of the container runtime, with the services of its interface on it. */
import { connect } from 'node:net';
import { createClient, type Client } from '@connectrpc/connect';
import { openChannel, type Channel } from '../../grpc/channel.ts';
import { ImageService, RuntimeService } from './gen/cri.ts';

export interface Services {
  readonly containers: Client<typeof RuntimeService>;
  readonly images: Client<typeof ImageService>;
}

export interface Connection extends Pick<Channel, 'fault' | 'close'> {
  readonly services: Services;
}

/** What runtimes expect as the name of the server, whatever the path of the socket is. */
const authority = 'http://localhost';

/** @param path of the Unix socket */
export function openConnection(path: string): Connection {
  const { transport, fault, close } = openChannel(authority, { createConnection: () => connect(path) });
  return { services: { containers: createClient(RuntimeService, transport), images: createClient(ImageService, transport) }, fault, close };
}
