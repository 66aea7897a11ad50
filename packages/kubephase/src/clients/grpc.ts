/** An HTTP/2 connection for the calls of gRPC, and what a call that failed on it says of the server: an error that it sent, or no answer. */
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { connect, type ClientSessionOptions, type SecureClientSessionOptions } from 'node:http2';

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

interface CallFailure {
  /** True when the error came from the server. */
  readonly answered: boolean;
  /** True when the server does not know the call. */
  readonly unknown: boolean;
  /** The server's words, or what broke the connection. */
  readonly detail: string;
}

/**
 * @param error what the call threw
 * @param fault what broke the connection, if anything did
 * @param timeoutMs how long the call was to wait
 */
export function readFailure(error: unknown, fault: Error | undefined, timeoutMs: number | undefined): CallFailure {
  const { code, rawMessage, metadata } = ConnectError.from(error);
  const unknown = code === Code.Unimplemented;
  // Only what the server sent has a status; errors of this side and of the socket have none.
  if (metadata.has('grpc-status')) return { answered: true, unknown, detail: rawMessage };
  const seen: Partial<Record<Code, string>> = {
    [Code.DeadlineExceeded]: `no answer within ${timeoutMs} ms`,
    [Code.Canceled]: wordsOf(fault) ?? 'the connection was closed without an answer',
  };
  return { answered: false, unknown, detail: seen[code] ?? wordsOf(fault) ?? rawMessage };
}

/** OpenSSL puts its reason between numbers and places in its source. */
function wordsOf(fault: (Error & { readonly reason?: unknown }) | undefined): string | undefined {
  return typeof fault?.reason === 'string' ? fault.reason : fault?.message;
}
