/** One call of the container runtime on a connection of its own, and the ways in which it can fail. */
import { connect } from 'node:net';
import { createClient, type CallOptions, type Client } from '@connectrpc/connect';
import { openChannel, readFailure, type Channel } from '../../grpc.ts';
import { runtimeUnreachable } from '../failure.ts';
import { ImageService, RuntimeService } from './gen/cri.ts';

/** The runtime answered with an error. */
export interface Refusal {
  /** True when the runtime does not know the request. */
  readonly unknown: boolean;
  /** The runtime's words. */
  readonly detail: string;
  readonly cause: unknown;
}

/** Asks on an open connection. */
export type Ask<T> = (services: Services, options: CallOptions) => Promise<T>;

export interface RuntimeCall<T> {
  /** URL of the socket. */
  readonly socket: string;
  /** Longest wait for each answer. Without it there is none. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly send: Ask<T>;
  /** Makes an answer or throws. */
  readonly refused: (refusal: Refusal) => T;
}

/**
 * Each call has a connection of its own: on a Unix socket that takes a millisecond, and nothing stays open that somebody has to close.
 * @throws ProblemError `CRI_UNREACHABLE`; what `refused` throws; the reason of `signal`
 */
export async function callRuntime<T>(call: RuntimeCall<T>): Promise<T> {
  const { socket, timeoutMs, signal, send } = call;
  signal?.throwIfAborted();
  const connection = openConnection(socket.replace(/^unix:(\/\/)?/, ''));
  try {
    return await send(connection.services, {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    return answerTo(error, call, connection);
  } finally {
    connection.close();
  }
}

function answerTo<T>(error: unknown, { socket, timeoutMs, refused }: RuntimeCall<T>, connection: Connection): T {
  const { answered, unknown, detail } = readFailure(error, connection.fault(), timeoutMs);
  if (answered) return refused({ unknown, detail, cause: error });
  // Of an error of this side only what broke the connection says something.
  throw runtimeUnreachable({ socket, detail, cause: connection.fault() });
}

interface Services {
  readonly containers: Client<typeof RuntimeService>;
  readonly images: Client<typeof ImageService>;
}

interface Connection extends Pick<Channel, 'fault' | 'close'> {
  readonly services: Services;
}

/** What runtimes expect as the name of the server, whatever the path of the socket is. */
const authority = 'http://localhost';

/** @param path of the Unix socket */
function openConnection(path: string): Connection {
  const { transport, fault, close } = openChannel(authority, { createConnection: () => connect(path) });
  return { services: { containers: createClient(RuntimeService, transport), images: createClient(ImageService, transport) }, fault, close };
}
