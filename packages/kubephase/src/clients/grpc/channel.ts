/** An HTTP/2 connection for the calls of gRPC, and what broke it. */
import { connect, type ClientSessionOptions, type SecureClientSessionOptions } from 'node:http2';
import type { Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';

export interface Channel {
  readonly transport: Transport;
  /** What broke the connection. */
  readonly fault: () => Error | undefined;
  readonly close: () => void;
}

/** In bytes: more than the longest answer of a container runtime, its status with the whole configuration. */
const longestAnswer = 16 * 1024 * 1024;

/**
 * Opens at once and returns at once: a server that is not there shows in the first call.
 * @param authority URL with scheme, host and port
 * @throws Error when the authority is no URL, or the certificates in `options` cannot be used
 */
export function openChannel(authority: string, options: ClientSessionOptions | SecureClientSessionOptions): Channel {
  const session = connect(authority, options);
  let fault: Error | undefined;
  // The session of the library drops its listener too early: an answer that is not HTTP/2 would end the process.
  session.on('error', (error) => {
    fault ??= error;
  });
  const transport = createGrpcTransport({
    baseUrl: authority,
    readMaxBytes: longestAnswer,
    sessionManager: {
      authority,
      request: async (...[method, path, headers, request]) => session.request({ ...headers, ':method': method, ':path': path }, request),
      notifyResponseByteRead: () => undefined,
    },
  });
  return { transport, fault: () => fault, close: () => session.destroy() };
}
