/** The socket of the container runtime: as given, or found on this machine. */
import type { Tools } from './tools.ts';
import { textOr } from './values.ts';

const containerd = 'unix:///var/run/containerd/containerd.sock';
const known = [containerd, 'unix:///var/run/crio/crio.sock', 'unix:///var/run/cri-dockerd.sock'];

const field = ['InitConfiguration', 'nodeRegistration', 'criSocket'];

/** With `detect`, the sockets of known runtimes are tried; none answering means containerd's. */
export async function completeCriSocket(given: string | null | undefined, detect: boolean, tools: Tools): Promise<string> {
  const socket = textOr(given, '');
  if (socket !== '') return withScheme(socket, tools);
  return detect ? detectSocket(tools) : containerd;
}

function withScheme(socket: string, { reporter }: Tools): string {
  if (socket.startsWith('unix')) return socket;
  const completed = `unix://${socket}`;
  reporter.warn('CONFIG_VALUE_ADJUSTED', field, {
    summary: `nodeRegistration.criSocket: "${socket}" has no scheme; ${completed} is used`,
    remedy: `Write ${completed}.`,
  });
  return completed;
}

async function detectSocket({ host, reporter }: Tools): Promise<string> {
  const answers = await Promise.all(known.map((socket) => host.network.acceptsConnections(socket.slice('unix://'.length))));
  const found = known.filter((_, index) => answers[index]);
  if (found.length > 1) {
    reporter.error('CRI_SOCKET_AMBIGUOUS', field, {
      summary: `several container runtimes answer on this machine: ${found.join(', ')}`,
      remedy: `Choose one with --cri-socket or with the field nodeRegistration.criSocket, such as ${found[0] ?? containerd}.`,
    });
  }
  return found[0] ?? containerd;
}
