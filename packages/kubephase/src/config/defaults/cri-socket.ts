/** The socket of the container runtime: as given, or found on this machine. */
import type { FieldPath } from '../places.ts';
import type { Tools } from './tools.ts';
import { textOr } from './values.ts';

/** Stands in when no runtime answers. */
export const defaultCriSocket = 'unix:///var/run/containerd/containerd.sock';
const known = [defaultCriSocket, 'unix:///var/run/crio/crio.sock', 'unix:///var/run/cri-dockerd.sock'];

/** A field that names a socket. */
export interface SocketField {
  readonly given: string | null | undefined;
  readonly field: FieldPath;
  /** Try the sockets of known runtimes when none is given; none answering means containerd's. */
  readonly detect: boolean;
}

export async function completeCriSocket({ given, field, detect }: SocketField, tools: Tools): Promise<string> {
  const socket = textOr(given, '');
  if (socket !== '') return reportedScheme(socket, field, tools);
  return detect ? detectSocket(field, tools) : defaultCriSocket;
}

/** The socket as a URL: kubeadm once took plain paths. */
export function withScheme(socket: string): string {
  return socket.startsWith('unix') ? socket : `unix://${socket}`;
}

function reportedScheme(socket: string, field: FieldPath, { reporter }: Tools): string {
  const completed = withScheme(socket);
  if (completed !== socket) {
    reporter.warn('CONFIG_VALUE_ADJUSTED', field, {
      summary: `${field.slice(1).join('.')}: "${socket}" has no scheme; ${completed} is used`,
      remedy: `Write ${completed}.`,
    });
  }
  return completed;
}

async function detectSocket(field: FieldPath, { host, reporter }: Tools): Promise<string> {
  const answers = await Promise.all(known.map((socket) => host.network.acceptsConnections(socket.slice('unix://'.length))));
  const found = known.filter((_, index) => answers[index]);
  if (found.length > 1) {
    reporter.error('CRI_SOCKET_AMBIGUOUS', field, {
      summary: `several container runtimes answer on this machine: ${found.join(', ')}`,
      remedy: `Choose one with --cri-socket or with the field ${field.slice(1).join('.')}, such as ${found[0] ?? defaultCriSocket}.`,
    });
  }
  return found[0] ?? defaultCriSocket;
}
