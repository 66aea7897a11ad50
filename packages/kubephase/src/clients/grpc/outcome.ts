/** What a call of gRPC that failed says of the server: an error that it sent, or no answer. */
import { Code, ConnectError } from '@connectrpc/connect';

export interface CallFailure {
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
