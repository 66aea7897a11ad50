/** An HTTP/2 connection to the socket of the container runtime, with the services of the interface on it. */
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { createClient, type Client, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { ImageService, RuntimeService } from './gen/cri.ts';

export interface Services {
  readonly containers: Client<typeof RuntimeService>;
  readonly images: Client<typeof ImageService>;
}

export interface Connection {
  readonly services: Services;
  /** What broke the connection. */
  fault(): Error | undefined;
  close(): void;
}

/** What runtimes expect as the name of the server, whatever the path of the socket is. */
const authority = 'http://localhost';

/** In bytes, from the interface. A status with the whole configuration is the longest answer. */
const longestAnswer = 16 * 1024 * 1024;

/**
 * Opens at once and returns at once: a socket that is not there shows in the first call.
 * @param path of the Unix socket
 */
export function openConnection(path: string): Connection {
  const session = connectHttp2(authority, { createConnection: () => connectSocket(path) });
  let fault: Error | undefined;
  // The session of the library drops its listener too early: an answer that is not HTTP/2 would end the process.
  session.on('error', (error) => {
    fault ??= error;
  });
  const transport = transportOn(session);
  return {
    services: { containers: createClient(RuntimeService, transport), images: createClient(ImageService, transport) },
    fault: () => fault,
    close: () => session.destroy(),
  };
}

function transportOn(session: ClientHttp2Session): Transport {
  return createGrpcTransport({
    baseUrl: authority,
    readMaxBytes: longestAnswer,
    sessionManager: {
      authority,
      request: async (...[method, path, headers, options]) => session.request({ ...headers, ':method': method, ':path': path }, options),
      notifyResponseByteRead: () => undefined,
    },
  });
}
